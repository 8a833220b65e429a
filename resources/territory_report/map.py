"""The map of the report: communes in five shades, drawn by the server, without any script.

It says nothing more than the tables, which are its alternative in text.
"""

import itertools
import json
from dataclasses import dataclass
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from portal.geo.boundaries import contours, shape_of, static_map
from resources.models import ResourceType
from resources.territory_report.indicators import per_10_000
from resources.territory_report.report import TerritoryReport

#: From the best served to the least; light to dark, told apart without colours too.
SHADES = ("#e8f1ee", "#b9dcd3", "#f2cf8f", "#d98a4e", "#8c3b1e")
UNKNOWN = "#d9d9d9"
#: The edges of the distances, in kilometres: at hand, then further and further.
_DISTANCE_STEPS = (0, 10, 20, 30)
#: The edges of what a territory has, as parts of the mean of the department.
_DENSITY_STEPS = (1.5, 1.1, 0.9, 0.5)


@dataclass(frozen=True, slots=True)
class CommuneShape:
    """One commune: the ``d`` of its path, its shade, and what is said of it."""

    path: str
    shade: str
    words: str


@dataclass(frozen=True, slots=True)
class ReportMap:
    width: int
    height: int
    title: str
    shapes: list[CommuneShape]
    legend: list[tuple[str, str]]


def draw_map(board: TerritoryReport, kind: ResourceType | None) -> ReportMap | None:
    """How far each commune is from a type, or what each territory has; None without borders."""
    frame = static_map(board.ground.department)
    paths = _paths(board.ground.department)
    if frame is None or not paths:
        return None
    shades = _shades_by_distance(board, kind) if kind else _shades_by_density(board)
    shapes = [
        CommuneShape(paths[code], *shades.get(code, (UNKNOWN, zone.name)))
        for code, zone in board.ground.zones.items()
        if code in paths
    ]
    title, labels = _distance_legend(kind) if kind else _density_legend()
    legend = [*zip(SHADES, labels, strict=True), (UNKNOWN, _("hors de tout territoire"))]
    return ReportMap(frame.width, frame.height, title, shapes, legend[:5] if kind else legend)


def _shades_by_distance(board: TerritoryReport, kind: ResourceType) -> dict[str, tuple[str, str]]:
    shades = {}
    for code, km in board.reach(kind).items():
        rank = sum(km > step for step in _DISTANCE_STEPS)
        far = _("aucun") if km == float("inf") else _("%(km)s km") % {"km": round(km)}
        shades[code] = (SHADES[rank], f"{board.ground.zones[code].name} : {far}")
    return shades


def _shades_by_density(board: TerritoryReport) -> dict[str, tuple[str, str]]:
    """A commune is of the shade of its territory, the first one when it is in several."""
    whole = per_10_000(board.whole.entries, board.ground.whole.population) or 0
    shades: dict[str, tuple[str, str]] = {}
    for area, figures in board.by_area:
        rate = per_10_000(figures.entries, area.population) or 0
        rank = sum(rate < part * whole for part in _DENSITY_STEPS)
        words = f"{area.name} : {number_format(rate)}"
        for code in area.codes:
            shades.setdefault(code, (SHADES[rank], words))
    return shades


def _distance_legend(kind: ResourceType) -> tuple[str, list[str]]:
    title = _("Distance jusqu’au lieu « %(kind)s » le plus proche") % {"kind": kind.name}
    return title, [
        _("sur place, ou servie"),
        _("à moins de 10 km"),
        _("de 10 à 20 km"),
        _("de 20 à 30 km"),
        _("à plus de 30 km, ou aucun"),
    ]


def _density_legend() -> tuple[str, list[str]]:
    return _("Fiches pour 10 000 habitants, par territoire"), [
        _("bien plus que la moyenne du département"),
        _("plus que la moyenne"),
        _("dans la moyenne"),
        _("moins que la moyenne"),
        _("moins de la moitié de la moyenne"),
    ]


@lru_cache(maxsize=2)
def _paths(department: str) -> dict[str, str]:
    """The path of each commune, in the frame of the outline of the department."""
    found, frame = contours(department), static_map(department)
    if found is None or frame is None:
        return {}
    paths = {}
    for feature in json.loads(found)["features"]:
        rings = [ring for rings in shape_of(feature["geometry"]) for ring in rings]
        points = [[frame.at(lat, lon) for lon, lat in ring] for ring in rings]
        paths[feature["properties"]["code"]] = "".join(map(_subpath, points))
    return paths


def _subpath(ring: list[tuple[float, float]]) -> str:
    """Whole units, each point from the one before: the shortest way to write a ring."""
    points = [(round(x), round(y)) for x, y in ring]
    steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in itertools.pairwise(points) if a != b]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z" if len(steps) > 1 else ""
