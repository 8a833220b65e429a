"""The territory report: indicators and coverage gaps, read once for screen, files and print."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import cached_property

from resources.models import ResourceType
from resources.territory_report.distances import (
    CommuneDistances,
    CoverageGap,
    coverage_gap,
    distances_to_nearest,
)
from resources.territory_report.entries import ReportEntry, read_entries
from resources.territory_report.indicators import EntryIndicators, compute_indicators, percent
from resources.territory_report.territory import ReportArea, TerritoryGeography


@dataclass(frozen=True, slots=True)
class TownShare:
    """The share of the biggest town: of the entries whose place is said, and of the people."""

    name: str
    entries: int | None
    population: int | None


class TerritoryReport:
    """Costs the same queries whatever the number of entries."""

    def __init__(self, km: int, department: str = "") -> None:
        self.km = km
        self.ground = TerritoryGeography(department)
        self.places = read_entries(self.ground)
        own = ResourceType.objects.in_source_language()
        self.kinds = list(own.order_by("order", "name"))

    def in_area(self, pk: int) -> list[ReportEntry]:
        codes = self.ground.areas[pk].codes
        return [place for place in self.near if place.codes & codes or pk in place.areas]

    @cached_property
    def near(self) -> list[ReportEntry]:
        """What can be near somebody: neither lines nor services of the whole department."""
        return [place for place in self.places if not place.is_everywhere]

    @cached_property
    def everywhere(self) -> EntryIndicators:
        return compute_indicators(place for place in self.places if place.is_everywhere)

    @cached_property
    def by_area(self) -> list[tuple[ReportArea, EntryIndicators]]:
        return [
            (area, compute_indicators(self.in_area(pk))) for pk, area in self.ground.areas.items()
        ]

    @cached_property
    def elsewhere(self) -> EntryIndicators:
        """The entries of no territory: outside of all, or of a place that may not be said."""
        known = frozenset().union(*(area.codes for area in self.ground.areas.values()))
        return compute_indicators(one for one in self.near if not (one.codes & known or one.areas))

    @cached_property
    def whole(self) -> EntryIndicators:
        return compute_indicators(self.near)

    @cached_property
    def by_kind(self) -> list[tuple[ResourceType, EntryIndicators]]:
        return [(kind, compute_indicators(self._of_kind(kind))) for kind in self.kinds]

    def _of_kind(self, kind: ResourceType) -> list[ReportEntry]:
        return self._places_by_kind.get(kind.pk, [])

    @cached_property
    def _places_by_kind(self) -> dict[int, list[ReportEntry]]:
        found: dict[int, list[ReportEntry]] = {}
        for place in self.places:
            found.setdefault(place.kind, []).append(place)
        return found

    def city(self, kind: ResourceType | None = None) -> TownShare | None:
        """« Toujours marseillo-centré ? », whatever the town."""
        town = self.ground.biggest
        if town is None:
            return None
        places = self.near if kind is None else self._of_kind(kind)
        located = [place for place in places if place.codes]
        inside = sum(bool(place.codes & town.codes) for place in located)
        return TownShare(
            town.name,
            percent(inside, len(located)),
            percent(town.population, self.ground.whole.population),
        )

    @cached_property
    def _reaches(self) -> dict[int, CommuneDistances]:
        return {}

    def reach(self, kind: ResourceType) -> CommuneDistances:
        if kind.pk not in self._reaches:
            self._reaches[kind.pk] = distances_to_nearest(self.ground, self._of_kind(kind))
        return self._reaches[kind.pk]

    def gaps(self, kind: ResourceType) -> list[CoverageGap]:
        """Who lives too far from any place of this type: by territory, or in all without any."""
        areas: Iterable[ReportArea] = self.ground.areas.values() or [self.ground.whole]
        found = (coverage_gap(self.ground, area, self.reach(kind), self.km) for area in areas)
        return [one for one in found if one.zones]

    def gap_of_whole(self, kind: ResourceType) -> CoverageGap:
        return coverage_gap(self.ground, self.ground.whole, self.reach(kind), self.km)

    def is_nowhere(self, kind: ResourceType) -> bool:
        """Whether no commune has or is served by any, at any distance."""
        return all(math.isinf(km) for km in self.reach(kind).values())
