"""From groups of documents to totals and facets: plain Python, no database."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from search.contracts import DISTANCES, FACETS, Filters

#: Facets where a document without any code is for every code.
FOR_ALL = ("public", "age")
COUNTED = (*FACETS, "distance")


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that filters cannot tell apart."""

    facet_set: int
    kind: str
    facets: str
    band: int | None
    kept: bool
    held: bool
    number: int


@dataclass(slots=True)
class Tally:
    """What the groups say together. ``held`` counts before any filter."""

    held: int = 0
    total: int = 0
    facet_sets: set[int] = field(default_factory=set)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)


@lru_cache(maxsize=4096)
def codes_of(facets: str) -> Mapping[str, frozenset[str]]:
    """``|public:adultes|public:proches|`` by facet."""
    codes: dict[str, set[str]] = defaultdict(set)
    for pair in facets.split("|"):
        name, _, code = pair.partition(":")
        if code:
            codes[name].add(code)
    return {name: frozenset(found) for name, found in codes.items()}


def tally(groups: Iterable[Group], filters: Filters, *, has_point: bool) -> Tally:
    """Apply the filters to the groups and count what each code of each facet would give."""
    result = Tally()
    counters: dict[str, Counter[str]] = defaultdict(Counter)
    for_all: Counter[str] = Counter()
    km = filters.km if has_point else None
    for group in groups:
        result.held += group.number if group.held else 0
        if not group.kept:
            continue
        codes = codes_of(group.facets)
        failed = _failed(group, codes, filters, km)
        if not failed:
            result.total += group.number
            result.facet_sets.add(group.facet_set)
        if len(failed) <= 1:
            _count(group, codes, failed, counters, for_all)
    result.counts = _closed(counters, for_all, filters)
    return result


def _failed(
    group: Group, codes: Mapping[str, frozenset[str]], filters: Filters, km: int | None
) -> set[str]:
    """The facets whose filter leaves this group out."""
    passes = {
        "type": not filters.types or group.kind in filters.types,
        "public": _is_for(codes.get("public"), filters.public),
        "age": _is_for(codes.get("age"), filters.age),
        "pratique": codes.get("pratique", frozenset()).issuperset(filters.practical),
        "langue": not filters.language or filters.language in codes.get("langue", ()),
        "distance": km is None or (group.band is not None and group.band <= km),
    }
    return {facet for facet, passed in passes.items() if not passed}


def _is_for(codes: frozenset[str] | None, wanted: str) -> bool:
    return not wanted or not codes or wanted in codes


def _count(
    group: Group,
    codes: Mapping[str, frozenset[str]],
    failed: set[str],
    counters: Mapping[str, Counter[str]],
    for_all: Counter[str],
) -> None:
    """Count a group for each facet, or only for the one whose own filter leaves it out."""
    for facet in failed or COUNTED:
        if facet in FOR_ALL and facet not in codes:
            for_all[facet] += group.number
        for code in _codes_to_count(group, codes, facet, failed):
            counters[facet][code] += group.number


def _codes_to_count(
    group: Group, codes: Mapping[str, frozenset[str]], facet: str, failed: set[str]
) -> Iterable[str]:
    if facet == "type":
        return (group.kind,)
    if facet == "distance":
        return [str(km) for km in DISTANCES if group.band is not None and group.band <= km]
    # What is practical adds up: with one code missing, another one would find nothing.
    return () if facet == "pratique" and failed else codes.get(facet, ())


def _closed(
    counters: Mapping[str, Counter[str]], for_all: Counter[str], filters: Filters
) -> dict[str, dict[str, int]]:
    """Add what is for everybody to each code that was met; leave out what finds nothing."""
    chosen = {"public": filters.public, "age": filters.age}
    for facet, number in for_all.items():
        for code in {*counters[facet], chosen[facet]} - {""}:
            counters[facet][code] += number
    return {facet: dict(counter) for facet, counter in counters.items() if counter}
