"""Geometry of boundaries: simplification without gaps, and union into one outline.

Points are (longitude, latitude), as in GeoJSON. What two neighbours share must stay shared: a
boundary simplified once for each of its two sides would leave gaps, and the outline of the whole is
what no two of them share.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

Point = tuple[float, float]
#: A closed line: its last point is its first.
Ring = list[Point]
#: Polygons, each an outer ring and its holes: the coordinates of a MultiPolygon.
Shape = list[list[Ring]]


def thin(line: list[Point], tolerance: float, across: float = 1.0) -> list[Point]:
    """Simplify a line (Douglas–Peucker): no dropped point is further away than ``tolerance``.

    The two ends stay, even when they are the same point. ``across`` is what a unit of x is worth in
    units of y: 1 on paper, less on the globe.
    """
    line, given = [(x * across, y) for x, y in line], line
    kept, parts = {0, len(line) - 1}, [(0, len(line) - 1)]
    while parts:
        first, last = parts.pop()
        if last - first < 2:
            continue
        farthest = max(
            range(first + 1, last), key=lambda i: _distance(line[i], line[first], line[last])
        )
        if _distance(line[farthest], line[first], line[last]) > tolerance:
            kept.add(farthest)
            parts += [(first, farthest), (farthest, last)]
    return [given[i] for i in sorted(kept)]


def thin_together(shapes: list[Shape], tolerance: float) -> list[Shape]:
    """Simplify shapes; a boundary that several share stays the same for all."""
    ends = _meeting_points(shapes)
    south, north = bounds(p for shape in shapes for rings in shape for p in rings[0])[1::2]
    across = math.cos(math.radians((south + north) / 2))
    return [
        [[_thin_ring(ring, ends, tolerance, across) for ring in rings] for rings in shape]
        for shape in shapes
    ]


def outline(shapes: list[Shape]) -> list[Ring]:
    """Rings around the union of the shapes: the boundaries that no two of them share."""
    once: set[frozenset[Point]] = set()
    for edge in _edges(shapes):
        once ^= {edge}
    near: dict[Point, list[Point]] = defaultdict(list)
    for one, other in sorted(map(sorted, once)):
        near[one].append(other)
        near[other].append(one)
    rings = []
    for start in sorted(near):
        while near[start]:
            rings.append(_walk(near, start))
    return rings


def area(ring: Ring) -> float:
    """Area inside a ring, in the square of its unit."""
    pairs = itertools.pairwise(ring)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _walk(near: dict[Point, list[Point]], start: Point) -> Ring:
    ring = [start]
    while near[ring[-1]]:
        point = near[ring[-1]].pop()
        near[point].remove(ring[-1])
        ring.append(point)
        if point == start:
            break
    return ring


def _edges(shapes: list[Shape]) -> Iterator[frozenset[Point]]:
    for ring in (ring for shape in shapes for rings in shape for ring in rings):
        for one, other in itertools.pairwise(ring):
            if one != other:
                yield frozenset((one, other))


def _meeting_points(shapes: list[Shape]) -> set[Point]:
    """Points where more or fewer than two edges meet."""
    near: dict[Point, set[Point]] = defaultdict(set)
    for one, other in map(tuple, _edges(shapes)):
        near[one].add(other)
        near[other].add(one)
    return {point for point, others in near.items() if len(others) != 2}


def _thin_ring(ring: Ring, ends: set[Point], tolerance: float, across: float) -> Ring:
    points = ring[:-1]
    cuts = [i for i, point in enumerate(points) if point in ends]
    # A ring that meets no other is cut at one of its own points, the same whoever draws it.
    cuts = cuts or [points.index(min(points))]
    points = points[cuts[0] :] + points[: cuts[0]]
    stops = [*(cut - cuts[0] for cut in cuts), len(points)]
    points.append(points[0])
    light = [points[0]]
    for start, stop in itertools.pairwise(stops):
        light += _thin_one_way(points[start : stop + 1], tolerance, across)[1:]
    return light if len(light) > 3 else ring


def _thin_one_way(line: list[Point], tolerance: float, across: float) -> list[Point]:
    """Simplify a stretch in one canonical direction, the same for both neighbours."""
    backwards = line[::-1]
    if backwards < line:
        return thin(backwards, tolerance, across)[::-1]
    return thin(line, tolerance, across)


def _distance(point: Point, start: Point, end: Point) -> float:
    """Distance from a point to a segment."""
    x, y = point[0] - start[0], point[1] - start[1]
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, (x * dx + y * dy) / length)) if length else 0.0
    return math.hypot(x - along * dx, y - along * dy)


def bounds(points: Iterable[Point]) -> tuple[float, float, float, float]:
    """(west, south, east, north) of points."""
    lons, lats = zip(*points, strict=True)
    return min(lons), min(lats), max(lons), max(lats)
