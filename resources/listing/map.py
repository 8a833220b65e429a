"""The map beside the results: the places of the page with their numbers; no masked address."""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.geo.boundaries import StaticMap, static_map
from portal.geo.distance import KM_PER_DEGREE
from portal.geo.place import Place
from portal.geo.tiles import map_settings


class MapPin(NamedTuple):
    """A mark of the drawing, which leads to its line of the list."""

    number: int
    title: str
    x: float
    y: float


class MapCircle(NamedTuple):
    """The circle of the chosen distance, in units of the drawing."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class ResultsMap:
    """Where the places of one page of results are.

    ``points`` are dicts of ``n, title, url, tag, lat, lon``; ``place`` and ``km`` say around
    what, when the reader chose a distance.
    """

    points: list[dict[str, Any]]
    place: Place | None = None
    km: int | None = None

    @cached_property
    def drawing(self) -> StaticMap | None:
        """The department, drawn without any script; none when its borders are not known."""
        return static_map()

    @property
    def pins(self) -> list[MapPin]:
        """Those inside the drawing, the first of the list drawn last, on top."""
        if self.drawing is None:
            return []
        placed = [
            MapPin(point["n"], point["title"], *self.drawing.at(point["lat"], point["lon"]))
            for point in self.points
        ]
        width, height = self.drawing.width, self.drawing.height
        inside = [pin for pin in placed if 0 <= pin.x <= width and 0 <= pin.y <= height]
        return inside[::-1]

    @property
    def zone(self) -> MapCircle | None:
        if self.drawing is None or self._circle is None:
            return None
        lat, lon, km = self._circle
        x, y = self.drawing.at(lat, lon)
        return MapCircle(x, y, round(abs(self.drawing.at(lat + km / KM_PER_DEGREE, lon)[1] - y), 1))

    @property
    def data(self) -> dict[str, Any]:
        """What the script draws anew each time that the list changes."""
        return {"points": self.points, "circle": self._circle}

    @property
    def settings(self) -> dict[str, Any]:
        """What the script needs once, words included."""
        return map_settings() | {
            "words": {
                "in": _("Agrandir la carte"),
                "out": _("Réduire la carte"),
                "close": _("Fermer"),
                "many": _("%(count)s lieux ici, agrandir"),
                "borders": _(
                    "Le fond de carte ne s’affiche pas : les communes sont dessinées par leurs "
                    "contours."
                ),
                "pins": _("Le fond de carte ne s’affiche pas : seuls les lieux sont dessinés."),
            }
        }

    @property
    def _circle(self) -> tuple[float, float, int] | None:
        point = self.place.point if self.place else None
        if point is None or not self.km or not math.isfinite(point[0]):
            return None
        return (*point, self.km)
