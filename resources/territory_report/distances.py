"""How far each commune is from the nearest place of a type, and who lives beyond a distance."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from resources.territory_report.entries import ReportEntry
from resources.territory_report.territory import (
    Point,
    ReportArea,
    ReportCommune,
    TerritoryGeography,
)

#: The distances, in kilometres, among which one chooses what « near » means.
DISTANCES = (10, 20, 30, 50)
USUAL = 30

#: By commune: kilometres as the crow flies, 0 where a place is or which it serves.
CommuneDistances = dict[str, float]


@dataclass(frozen=True, slots=True)
class CoverageGap:
    """The communes of an area that are further than so many kilometres from any place."""

    area: ReportArea
    zones: list[ReportCommune]

    @property
    def population(self) -> int:
        return sum(zone.population for zone in self.zones)


def distances_to_nearest(
    ground: TerritoryGeography, places: Iterable[ReportEntry]
) -> CommuneDistances:
    """From each commune to the nearest of these places; infinity when there is none.

    A masked place counts as its commune when that may be said, and nowhere otherwise. A place
    that says whom it serves is no place to go for others, however near.
    """
    some = list(places)
    served: set[str] = set()
    for place in some:
        served |= place.covers or place.codes
    points = {place.point for place in some if place.point and not place.covers}
    return {
        zone.code: 0.0 if zone.code in served else _nearest(zone, points)
        for zone in ground.zones.values()
    }


def coverage_gap(
    ground: TerritoryGeography, area: ReportArea, reach: CommuneDistances, km: int
) -> CoverageGap:
    zones = [ground.zones[code] for code in area.codes if reach[code] > km]
    zones.sort(key=lambda zone: (-zone.population, zone.name))
    return CoverageGap(area, zones)


def _nearest(zone: ReportCommune, points: set[Point]) -> float:
    if zone.point is None or not points:
        return math.inf
    # A million of these is a department of a thousand communes: no Python between two.
    return min(map(partial(math.dist, zone.point), points))
