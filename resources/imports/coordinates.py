"""Whether a point can be where it says: spreadsheets swap coordinates, and lose their comma."""

from django.conf import settings
from django.utils.translation import gettext as _

from portal.geo.distance import km_between
from portal.geo.models import Commune
from portal.imports.contract import FieldValues

#: Further than this from the middle of its commune, a point is of somewhere else.
_FAR = 40.0
#: Around the department: a structure may be next door.
_MARGIN = 1.0
Point = tuple[float, float]


class CoordinateChecker:
    """The points of the communes, read once for a file."""

    def __init__(self) -> None:
        rows = Commune.objects.exclude(lat=None).values_list("code", "lat", "lon", "department")
        self.points: dict[str, Point] = {}
        here: list[Point] = []
        for code, lat, lon, department in rows:
            point = self.points[code] = (float(lat or 0), float(lon or 0))
            if department == settings.PORTAL_DEPARTEMENT:
                here.append(point)
        self.box = _box(here)

    def mistake(self, values: FieldValues) -> str:
        """Why the point of these values cannot be true; empty when it can, or there is none."""
        lat, lon = values.get("lat"), values.get("lon")
        if lat is None or lon is None:
            return ""
        point = (float(lat), float(lon))
        if self._is_possible(point, values.get("commune")):
            return ""
        if self._is_possible(point[::-1], values.get("commune")):
            return _("La latitude et la longitude sont inversées.")
        words = _("Ce point (%(lat)s ; %(lon)s) n’est ni dans sa commune, ni dans le département.")
        return words % {"lat": lat, "lon": lon}

    def _is_possible(self, point: Point, commune: str | None) -> bool:
        middle = self.points.get(commune or "")
        if middle:
            return km_between(middle, point) <= _FAR
        if not self.box:
            return abs(point[0]) <= 90
        south, west, north, east = self.box
        return south <= point[0] <= north and west <= point[1] <= east


def _box(points: list[Point]) -> tuple[float, float, float, float] | None:
    if not points:
        return None
    lats, lons = [lat for lat, _lon in points], [lon for _lat, lon in points]
    return min(lats) - _MARGIN, min(lons) - _MARGIN, max(lats) + _MARGIN, max(lons) + _MARGIN
