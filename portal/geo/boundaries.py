"""Boundaries of the communes of a department, for the map and for its drawing without script.

One file a department ships with the portal, and ``manage.py make_contours`` makes another: GeoJSON,
one feature a commune or municipal arrondissement, with its ``code`` and its ``nom``.
"""

import itertools
import json
import lzma
import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.conf import settings

from portal.geo.departments import departments
from portal.geo.gazetteer import department_towns
from portal.geo.geometry import Ring, Shape, area, bounds, outline, thin
from portal.geo.services import DATA_DIR

CONTOURS_DIR = DATA_DIR / "contours"

#: The drawing: the longest side, and the margin that keeps a mark on the border whole.
_SIDE = 1000
_MARGIN = 20
_MOST_CHARACTERS = 4000
#: Islets smaller than this, in squares of the drawing, are not drawn.
_LEAST_AREA = 6.0


@dataclass(frozen=True, slots=True)
class StaticMap:
    """The outline of the department: ``path`` is the ``d`` of an SVG path, to be drawn in a
    ``viewBox`` of ``0 0 width height``, with ``fill-rule="evenodd"``."""

    path: str
    width: int
    height: int
    west: float
    north: float
    scale_x: float
    scale_y: float

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Position of a point in the drawing; outside its frame for a place elsewhere in France."""
        x = _MARGIN + (lon - self.west) * self.scale_x
        y = _MARGIN + (self.north - lat) * self.scale_y
        return round(x, 1), round(y, 1)


def contours(department: str = "") -> bytes | None:
    """GeoJSON of the communes of a department, ours by default; None when it has no file."""
    return _read(department or settings.PORTAL_DEPARTEMENT)


def static_map(department: str = "") -> StaticMap | None:
    """The outline of a department, ours by default; none when it has no file."""
    return _draw(department or settings.PORTAL_DEPARTEMENT)


@lru_cache(maxsize=64)
def area_path(codes: frozenset[str], department: str = "", most: int = _MOST_CHARACTERS) -> str:
    """The outline of some communes (INSEE codes) as the ``d`` of an SVG path, in the frame of
    ``static_map``, in at most ``most`` characters; empty when none of them is drawn."""
    department = department or settings.PORTAL_DEPARTEMENT
    found, drawing = _read(department), static_map(department)
    if found is None or drawing is None:
        return ""
    drawn = codes - _parts(department)
    features = [
        part for part in json.loads(found)["features"] if part["properties"]["code"] in drawn
    ]
    rings = outline([shape_of(part["geometry"]) for part in features])
    return _path([[drawing.at(lat, lon) for lon, lat in ring] for ring in rings], most)


@lru_cache(maxsize=8)
def frame(department: str) -> tuple[float, float, float, float] | None:
    """(west, south, east, north) of a department; none when it has no file."""
    found = _read(department)
    if found is None:
        return None
    shapes = (shape_of(part["geometry"]) for part in json.loads(found)["features"])
    return bounds(point for shape in shapes for rings in shape for point in rings[0])


@lru_cache(maxsize=4)
def _read(department: str) -> bytes | None:
    if department not in departments():  # hence no path of someone's own making either
        return None
    path = CONTOURS_DIR / f"{department}.json.xz"
    if not path.exists():
        return None
    return lzma.decompress(path.read_bytes())


@lru_cache(maxsize=4)
def _draw(department: str) -> StaticMap | None:
    found = _read(department)
    if found is None:
        return None
    parts = _parts(department)
    features = json.loads(found)["features"]
    rings = outline(
        [shape_of(part["geometry"]) for part in features if part["properties"]["code"] not in parts]
    )
    west, south, east, north = bounds(point for ring in rings for point in ring)
    across = math.cos(math.radians((south + north) / 2))
    scale = (_SIDE - 2 * _MARGIN) / max((east - west) * across, north - south)
    drawing = StaticMap(
        path="",
        width=2 * _MARGIN + math.ceil((east - west) * across * scale),
        height=2 * _MARGIN + math.ceil((north - south) * scale),
        west=west,
        north=north,
        scale_x=scale * across,
        scale_y=scale,
    )
    path = _path([[drawing.at(lat, lon) for lon, lat in ring] for ring in rings])
    return replace(drawing, path=path)


def _parts(department: str) -> set[str]:
    """An arrondissement is drawn inside its town, which has all the border already."""
    return {town.code for town in department_towns(department) if town.parent}


def shape_of(geometry: dict[str, Any]) -> Shape:
    """The polygons of a GeoJSON geometry; raises ``ValueError`` when it is not a surface."""
    coordinates = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        coordinates = [coordinates]
    elif geometry["type"] != "MultiPolygon":
        raise ValueError(geometry["type"])
    return [[[(p[0], p[1]) for p in ring] for ring in rings] for rings in coordinates]


def _path(rings: list[Ring], most: int = _MOST_CHARACTERS) -> str:
    """The outline as an SVG path, simplified until it is short enough for a page."""
    rings = sorted((ring for ring in rings if area(ring) > _LEAST_AREA), key=area, reverse=True)
    tolerance = 0.7
    while True:
        path = "".join(_subpath(thin(ring, tolerance)) for ring in rings)
        if len(path) <= most:
            return path
        tolerance *= 1.3
        rings = [ring for ring in rings if area(ring) > tolerance**2 * 4]


def _subpath(ring: Ring) -> str:
    """A ring as relative whole coordinates, the shortest way to write it."""
    points = [(round(x), round(y)) for x, y in ring[:-1]]
    steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in itertools.pairwise(points) if a != b]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z" if len(steps) > 1 else ""
