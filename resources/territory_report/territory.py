"""Geography of the report: communes, territories and biggest town, with people and points."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.geo.distance import KM_PER_DEGREE
from portal.geo.models import Commune, Territory
from portal.geo.names import short_commune_name

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ReportCommune:
    """A commune, or a municipal arrondissement: a town that has some counts as them."""

    code: str
    name: str
    population: int
    point: Point | None


@dataclass(frozen=True, slots=True)
class ReportArea:
    """A named part of the department: a territory, or the whole."""

    name: str
    codes: frozenset[str]
    population: int
    is_whole: bool = False


class TerritoryGeography:
    """Read in two queries, however many communes there are; points are in kilometres."""

    def __init__(self, department: str = "") -> None:
        self.department = department or settings.PORTAL_DEPARTEMENT
        names = ("code", "name", "parent_id", "population", "lat", "lon")
        self._rows = list(Commune.objects.in_department(self.department).values(*names))
        lats = [row["lat"] for row in self._rows if row["lat"] is not None]
        middle = sum(lats) / len(lats) if lats else 46.5
        self._across = KM_PER_DEGREE * math.cos(math.radians(middle))
        self._parts: dict[str, set[str]] = {}
        for row in self._rows:
            if row["parent_id"]:
                self._parts.setdefault(row["parent_id"], set()).add(row["code"])

    def at(self, lat: float, lon: float) -> Point:
        """Where a place is, in kilometres: as ``portal.geo.distance``, from one latitude."""
        return lon * self._across, lat * KM_PER_DEGREE

    @cached_property
    def points(self) -> dict[str, Point]:
        """The middle of each commune, whole towns included."""
        return {
            row["code"]: self.at(row["lat"], row["lon"])
            for row in self._rows
            if row["lat"] is not None and row["lon"] is not None
        }

    @cached_property
    def zones(self) -> dict[str, ReportCommune]:
        """By code, in the order of their names."""
        found = [
            ReportCommune(
                row["code"],
                short_commune_name(row["name"]),
                row["population"] or 0,
                self.points.get(row["code"]),
            )
            for row in self._rows
            if row["code"] not in self._parts
        ]
        return {zone.code: zone for zone in found}

    def zones_of(self, code: str | None) -> set[str]:
        """The zones of a commune: itself, or its arrondissements; none outside the department."""
        if code in self._parts:
            return self._parts[code]
        return {code} if code in self.zones else set()

    @cached_property
    def whole(self) -> ReportArea:
        return self._area(_("Département"), self.zones, is_whole=True)

    @cached_property
    def areas(self) -> dict[int, ReportArea]:
        """The territories of the portal, by key, in their order."""
        communes: dict[int, set[str]] = {}
        names: dict[int, str] = {}
        rows = Territory.objects.order_by("order", "name", "pk")
        for pk, name, code in rows.values_list("pk", "name", "communes"):
            names[pk] = name
            communes.setdefault(pk, set()).update(self.zones_of(code))
        return {pk: self._area(names[pk], codes) for pk, codes in communes.items()}

    @cached_property
    def biggest(self) -> ReportArea | None:
        """The most populous town, its arrondissements together; None when nothing is known."""
        towns = [row for row in self._rows if not row["parent_id"] and row["population"]]
        if not towns:
            return None
        town = max(towns, key=lambda row: row["population"])
        area = self._area(town["name"], self.zones_of(town["code"]))
        # Its own figure, were those of its parts unknown.
        return ReportArea(area.name, area.codes, area.population or town["population"])

    def _area(self, name: str, codes: Iterable[str], is_whole: bool = False) -> ReportArea:
        own = frozenset(codes)
        population = sum(self.zones[code].population for code in own)
        return ReportArea(name, own, population, is_whole)
