"""The commune where a point stands, from the contours of the department. Nothing is kept of it."""

import json
from functools import lru_cache

from django.conf import settings

from portal.geo.boundaries import contours, shape_of
from portal.geo.gazetteer import department_towns
from portal.geo.geometry import Point, Shape, bounds
from portal.geo.place import Place
from portal.geo.resolve import place_of_code


def place_at(lat: float, lon: float) -> Place | None:
    """The commune or arrondissement of the department at a point (WGS 84 degrees), if any."""
    department = settings.PORTAL_DEPARTEMENT
    for code, (west, south, east, north), shape in _shapes(department):
        if west <= lon <= east and south <= lat <= north and _is_inside((lon, lat), shape):
            return place_of_code(code)
    return None


@lru_cache(maxsize=2)
def _shapes(
    department: str,
) -> tuple[tuple[str, tuple[float, float, float, float], Shape], ...]:
    """The surfaces of the department, arrondissements before the town that holds them."""
    found = contours(department)
    features = json.loads(found)["features"] if found else []
    quarters = {town.code for town in department_towns(department) if town.parent}
    read = [(part["properties"]["code"], shape_of(part["geometry"])) for part in features]
    read.sort(key=lambda one: one[0] not in quarters)
    return tuple(
        (code, bounds(point for rings in shape for point in rings[0]), shape)
        for code, shape in read
    )


def _is_inside(point: Point, shape: Shape) -> bool:
    """Whether a line that goes east from the point crosses the borders an odd number of times."""
    x, y = point
    crossed = False
    for rings in shape:
        for ring in rings:
            for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
                if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                    crossed = not crossed
    return crossed
