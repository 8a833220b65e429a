"""Where an establishment is, on the globe, and whether that can be true."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from portal.geo.boundaries import frame
from portal.geo.gazetteer import department_towns
from portal.geo.geometry import bounds
from resources.finess.establishment import RawPoint

DEGREES = 4326
_LAMBERT_93 = 2154
#: The word by which the file names a projection, its EPSG code, and where it is used.
_PROJECTIONS = {
    "LAMBERT_93": (_LAMBERT_93, ()),
    "UTM_N20": (5490, ("971", "972", "977", "978")),
    "UTM_N21": (4467, ("975",)),
    "UTM_N22": (2972, ("973",)),
    "UTM_S40": (2975, ("974",)),
    "UTM_S38": (4471, ("976",)),
}
#: A border is drawn lighter than it is, and a place may stand just on it: degrees.
_MARGIN = 0.05

#: West, south, east, north.
Box = tuple[float, float, float, float]


def epsg_of(words: str, department: str) -> int:
    """The projection that a line names; else the one of its department."""
    said = words.upper().replace(" ", "_")
    for word, (code, _departments) in _PROJECTIONS.items():
        if word in said:
            return code
    for code, departments in _PROJECTIONS.values():
        if department in departments:
            return code
    return _LAMBERT_93


@cache
def box_of(department: str) -> Box | None:
    """What holds all of a department, from its borders and its communes; none when unknown."""
    corners = [(town.lon, town.lat) for town in department_towns(department)]
    points = [(lon, lat) for lon, lat in corners if lon is not None and lat is not None]
    if borders := frame(department):
        points += [(borders[0], borders[1]), (borders[2], borders[3])]
    if not points:
        return None
    west, south, east, north = bounds(points)
    return west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN


def locate_point(
    points: Sequence[RawPoint], box: Box | None
) -> tuple[tuple[float, float] | None, tuple[str, ...]]:
    """Latitude and longitude, and what is to be said of them; none when nothing is inside."""
    for point in points:
        if place := _inside(point.x, point.y, point.epsg, box):
            return place, ()
        if place := _inside(point.y, point.x, point.epsg, box):
            return place, (_("les deux coordonnées étaient inversées, elles sont remises"),)
        if point.epsg == DEGREES or box is None:
            continue
        # Some lines hold degrees where metres are due.
        for lon, lat in ((point.x, point.y), (point.y, point.x)):
            if place := _inside(lon, lat, DEGREES, box):
                return place, (_("les coordonnées étaient en degrés, elles sont lues ainsi"),)
    if not points:
        return None, ()
    return None, (_("le point tombe hors du département : il est laissé vide"),)


def _inside(x: float, y: float, epsg: int, box: Box | None) -> tuple[float, float] | None:
    lon, lat = (x, y) if epsg == DEGREES else _transformer(epsg).transform(x, y)
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # infinite outside of the projection
        return None
    if box and not (box[0] <= lon <= box[2] and box[1] <= lat <= box[3]):
        return None
    return round(float(lat), 6), round(float(lon), 6)


@cache
def _transformer(epsg: int) -> Any:
    # Loaded with its tables by who converts points, not by every process of the portal.
    from pyproj import Transformer

    return Transformer.from_crs(epsg, DEGREES, always_xy=True)
