"""The whole board: read once, asked by the screen, the files and the paper."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import cached_property

from resources.models import ResourceType
from resources.territory_report.distances import Gap, Reach, gap, reach_of
from resources.territory_report.entries import Place, read_places
from resources.territory_report.indicators import Figures, count, percent
from resources.territory_report.territory import Area, Ground


@dataclass(frozen=True, slots=True)
class City:
    """The share of the biggest town: of the entries whose place is said, and of the people."""

    name: str
    entries: int | None
    population: int | None


class Board:
    """Costs the same queries whatever the number of entries."""

    def __init__(self, km: int, department: str = "") -> None:
        self.km = km
        self.ground = Ground(department)
        self.places = read_places(self.ground)
        own = ResourceType.objects.in_source_language()
        self.kinds = list(own.order_by("order", "name"))

    def in_area(self, pk: int) -> list[Place]:
        codes = self.ground.areas[pk].codes
        return [place for place in self.places if place.codes & codes or pk in place.areas]

    @cached_property
    def by_area(self) -> list[tuple[Area, Figures]]:
        return [(area, count(self.in_area(pk))) for pk, area in self.ground.areas.items()]

    @cached_property
    def elsewhere(self) -> Figures:
        """The entries of no territory: outside of all, or of a place that may not be said."""
        known = frozenset().union(*(area.codes for area in self.ground.areas.values()))
        return count(one for one in self.places if not (one.codes & known or one.areas))

    @cached_property
    def whole(self) -> Figures:
        return count(self.places)

    @cached_property
    def by_kind(self) -> list[tuple[ResourceType, Figures]]:
        return [(kind, count(self._of_kind(kind))) for kind in self.kinds]

    def _of_kind(self, kind: ResourceType) -> list[Place]:
        return self._places_by_kind.get(kind.pk, [])

    @cached_property
    def _places_by_kind(self) -> dict[int, list[Place]]:
        found: dict[int, list[Place]] = {}
        for place in self.places:
            found.setdefault(place.kind, []).append(place)
        return found

    def city(self, kind: ResourceType | None = None) -> City | None:
        """« Toujours marseillo-centré ? », whatever the town."""
        town = self.ground.biggest
        if town is None:
            return None
        places = self.places if kind is None else self._of_kind(kind)
        located = [place for place in places if place.codes]
        inside = sum(bool(place.codes & town.codes) for place in located)
        return City(
            town.name,
            percent(inside, len(located)),
            percent(town.population, self.ground.whole.population),
        )

    @cached_property
    def _reaches(self) -> dict[int, Reach]:
        return {}

    def reach(self, kind: ResourceType) -> Reach:
        if kind.pk not in self._reaches:
            self._reaches[kind.pk] = reach_of(self.ground, self._of_kind(kind))
        return self._reaches[kind.pk]

    def gaps(self, kind: ResourceType) -> list[Gap]:
        """Who lives too far from any place of this type: by territory, or in all without any."""
        areas: Iterable[Area] = self.ground.areas.values() or [self.ground.whole]
        found = (gap(self.ground, area, self.reach(kind), self.km) for area in areas)
        return [one for one in found if one.zones]

    def gap_of_whole(self, kind: ResourceType) -> Gap:
        return gap(self.ground, self.ground.whole, self.reach(kind), self.km)

    def is_nowhere(self, kind: ResourceType) -> bool:
        """Whether no commune has or is served by any, at any distance."""
        return all(math.isinf(km) for km in self.reach(kind).values())
