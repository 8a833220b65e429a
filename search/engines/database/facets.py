"""From groups of documents to totals and facets: plain Python, no database."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple, Protocol

from search.contracts import DISTANCES, SearchFilters

#: Facets where a document without any code is for every code.
FOR_ALL = ("public", "age")
_NONE: frozenset[str] = frozenset()


class GroupOrigin(IntEnum):
    """How the documents of a group were asked for."""

    BY_WORDS = 0
    BY_TYPE = 1
    BY_KEY = 2
    BY_NOTHING = 3
    #: Neighbours that BY_TYPE or BY_NOTHING counted already, without their distance.
    AGAIN = 4


class FacetGroup(NamedTuple):
    """Documents that neither filters nor places can tell apart, but by their distance."""

    named: int
    facet_set: int
    kind: str
    facets: str
    band: int | None
    kept: bool
    number: int
    rank: int = 0
    area: str = ""
    #: Whether its documents are never set aside.
    first: bool = False


@dataclass(slots=True)
class FacetTally:
    """What the groups say together.

    ``held`` counts the documents that hold the words, before any filter; ``sets`` are the
    facet sets that passed, with their type; ``sure_sets`` those that surely serve the place;
    ``first_sets`` those of which only what is never set aside passes. ``bands`` is how many
    passed, by whether their type is likely, whether they surely serve, and by distance.
    ``aside`` is how many would pass, and do not serve the place; ``aside_sets`` theirs.
    """

    held: int = 0
    total: int = 0
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    aside: int = 0
    aside_sets: dict[int, str] = field(default_factory=dict)
    sets: dict[int, str] = field(default_factory=dict)
    sure_sets: set[int] = field(default_factory=set)
    first_sets: set[int] = field(default_factory=set)
    bands: Counter[tuple[bool, bool, int | None]] = field(default_factory=Counter)


class FacetCodes(NamedTuple):
    """The codes of a document: by facet, and as pairs to count."""

    by_facet: Mapping[str, frozenset[str]]
    pairs: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


@lru_cache(maxsize=8192)
def codes_of(facets: str) -> FacetCodes:
    """``|public:adultes|public:proches|`` by facet; ``missing`` are those it is for all of."""
    found = (pair.partition(":") for pair in facets.split("|"))
    pairs = tuple((name, code) for name, _, code in found if code)
    by_facet: dict[str, set[str]] = defaultdict(set)
    for name, code in pairs:
        by_facet[name].add(code)
    return FacetCodes(
        {name: frozenset(codes) for name, codes in by_facet.items()},
        pairs,
        tuple(facet for facet in FOR_ALL if facet not in by_facet),
    )


class GroupRule(Protocol):
    """What a place says of a group (``search.engines.database.serving``)."""

    def is_aside(self, group: FacetGroup) -> bool: ...

    def is_sure(self, group: FacetGroup) -> bool: ...


class FacetCounter:
    """Applies filters to groups, and counts what each code of each facet would give."""

    def __init__(
        self,
        filters: SearchFilters,
        km: int | None,
        likely: Collection[str],
        serving: GroupRule,
    ) -> None:
        self.serving = serving
        self.filters = filters
        self.km = km
        self.likely = likely
        self.result = FacetTally()
        self.counters: dict[tuple[str, str], int] = defaultdict(int)
        self.for_all: dict[str, int] = defaultdict(int)
        self.by_band: dict[int, int] = defaultdict(int)

    def tally(self, groups: Iterable[FacetGroup], named_kinds: Collection[str]) -> FacetTally:
        """Groups asked for both by type and in another way are counted by type."""
        for group in groups:
            if group.named == GroupOrigin.BY_WORDS:
                self.result.held += group.number
            if not group.kept:
                continue
            if group.named == GroupOrigin.AGAIN:
                self._move(group)
            elif group.named == GroupOrigin.BY_TYPE or group.kind not in named_kinds:
                self._add(group)
        self._close()
        return self.result

    def _move(self, group: FacetGroup) -> None:
        """Take documents from those without a distance to their band."""
        if group.band is not None:
            self._add(group._replace(band=None, number=-group.number))
            self._add(group)

    def _add(self, group: FacetGroup) -> None:
        codes = codes_of(group.facets)
        failed = self._failed(group, codes.by_facet)
        if self.serving.is_aside(group):
            if not failed:
                self.result.aside += group.number
                self.result.aside_sets[group.facet_set] = group.kind
        elif not failed:
            self._add_passed(group, codes)
        elif len(failed) == 1:
            self._add_failed(group, codes, failed[0])

    def _failed(self, group: FacetGroup, codes: Mapping[str, frozenset[str]]) -> list[str]:
        """The facets whose filter leaves this group out."""
        filters = self.filters
        failed = []
        if filters.types and group.kind not in filters.types:
            failed.append("type")
        for facet, wanted in (("public", filters.public), ("age", filters.age)):
            if wanted and facet in codes and wanted not in codes[facet]:
                failed.append(facet)
        if filters.practical and not codes.get("pratique", _NONE).issuperset(filters.practical):
            failed.append("pratique")
        if filters.language and filters.language not in codes.get("langue", _NONE):
            failed.append("langue")
        if self.km is not None and (group.band is None or group.band > self.km):
            failed.append("distance")
        return failed

    def _add_passed(self, group: FacetGroup, codes: FacetCodes) -> None:
        number = group.number
        self.result.total += number
        if group.first:
            self.result.first_sets.add(group.facet_set)
        else:
            self.result.sets[group.facet_set] = group.kind
        is_sure = self.serving.is_sure(group)
        if is_sure:
            self.result.sure_sets.add(group.facet_set)
        self.result.bands[group.kind in self.likely, is_sure, group.band] += number
        self.counters["type", group.kind] += number
        for pair in codes.pairs:
            self.counters[pair] += number
        for facet in codes.missing:
            self.for_all[facet] += number
        if group.band is not None:
            self.by_band[group.band] += number

    def _add_failed(self, group: FacetGroup, codes: FacetCodes, facet: str) -> None:
        """Count a group that one filter leaves out for the codes of this very filter.

        What is practical adds up: with one code missing, another would find nothing.
        """
        if facet == "type":
            self.counters["type", group.kind] += group.number
        elif facet == "distance" and group.band is not None:
            self.by_band[group.band] += group.number
        elif facet != "pratique":
            for code in codes.by_facet.get(facet, ()):
                self.counters[facet, code] += group.number

    def _close(self) -> None:
        """Add what is for everybody to each code that was met; leave out what is empty."""
        for facet, chosen in (("public", self.filters.public), ("age", self.filters.age)):
            met = {code for name, code in self.counters if name == facet} | {chosen}
            for code in met - {""}:
                self.counters[facet, code] += self.for_all[facet]
        for km in DISTANCES:
            within = sum(number for band, number in self.by_band.items() if band <= km)
            self.counters["distance", str(km)] += within
        for (facet, code), number in self.counters.items():
            if number:
                self.result.counts.setdefault(facet, {})[code] = number
