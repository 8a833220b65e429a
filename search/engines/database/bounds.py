"""How far the hits of one page have to be looked for, from what was counted."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from search.contracts import EngineQuery
from search.engines.database.facets import FacetTally

#: From how many documents the first ones of an order are soon met by following it.
WIDE = 2000


@dataclass(frozen=True, slots=True)
class HitBounds:
    """Where the hits of a page are.

    ``facet_sets`` they belong to; of ``first_sets``, only what is never set aside. Those of
    ``named_sets`` are asked for whatever their words; ``likely_sets`` come first, and among
    them ``sure_sets``. ``km`` is how far the reader looks; ``near_km`` how far the hits are at
    most, but for those of ``anywhere_sets``. ``is_near`` says that the distance of each is known:
    their words need not be weighed. ``is_wide``, that nearly any document will do; ``is_aside``,
    that they are what is set aside.
    """

    facet_sets: frozenset[int]
    first_sets: frozenset[int]
    named_sets: frozenset[int]
    likely_sets: frozenset[int]
    sure_sets: frozenset[int]
    anywhere_sets: frozenset[int]
    km: int | None
    near_km: int | None
    is_near: bool
    is_wide: bool
    is_aside: bool = False

    @property
    def is_all_named(self) -> bool:
        return self.facet_sets | self.first_sets <= self.named_sets


class _Tier(NamedTuple):
    """Documents that come before or after all those of another tier."""

    is_likely: bool
    is_sure: bool


def hit_bounds(
    query: EngineQuery, counted: FacetTally, named: Collection[str], km: int | None
) -> HitBounds:
    """What a page needs: fifty neighbours counted spare weighing ten thousand documents.

    Tiers follow each other: those that fill the page are looked for, and of the last one only
    what is near enough. A promoted document may be anywhere.
    """
    sets = frozenset(counted.sets)
    first = frozenset(counted.first_sets)
    tiers, near, anywhere, is_near = list(_tiers(counted)), None, frozenset[int](), False
    if not query.promoted:
        taken, before = _taken(counted, tiers, query.offset + query.limit)
        *earlier, last = taken
        enough = min(query.offset + query.limit - before, _bands(counted, [last]).total())
        near = _nearest(_bands(counted, [last]), enough)
        sets = _sets_of(counted, query, taken)
        anywhere = _sets_of(counted, query, earlier) if near is not None else anywhere
        is_near = near is not None and not _bands(counted, earlier)[None]
    return HitBounds(
        facet_sets=sets,
        first_sets=first,
        named_sets=_of_kinds(counted, named) | first,
        likely_sets=_of_kinds(counted, query.likely_types) & sets,
        sure_sets=frozenset(counted.sure_sets) & (sets | first),
        anywhere_sets=anywhere,
        km=km if near is None or anywhere else None,
        near_km=near,
        is_near=is_near,
        is_wide=not (query.words or named or query.promoted) and counted.total >= WIDE,
    )


def aside_bounds(counted: FacetTally, named: Collection[str], km: int | None) -> HitBounds:
    """Where what serves others than the place is."""
    none: frozenset[int] = frozenset()
    return HitBounds(
        facet_sets=frozenset(counted.aside_sets),
        first_sets=none,
        named_sets=frozenset(
            number for number, kind in counted.aside_sets.items() if kind in named
        ),
        likely_sets=none,
        sure_sets=none,
        anywhere_sets=none,
        km=km,
        near_km=None,
        is_near=False,
        is_wide=False,
        is_aside=True,
    )


def _tiers(counted: FacetTally) -> list[_Tier]:
    """The tiers that have documents, the first ones first."""
    return sorted({_Tier(likely, sure) for likely, sure, _band in counted.bands}, reverse=True)


def _taken(counted: FacetTally, tiers: list[_Tier], enough: int) -> tuple[list[_Tier], int]:
    """The tiers that fill a page, and how many documents come before the last one."""
    before = 0
    for number, tier in enumerate(tiers, 1):
        held = _bands(counted, [tier]).total()
        if before + held >= enough:
            return tiers[:number], before
        before += held
    last = _bands(counted, tiers[-1:]).total()
    return tiers, before - last


def _sets_of(counted: FacetTally, query: EngineQuery, tiers: list[_Tier]) -> frozenset[int]:
    return frozenset(
        number
        for number, kind in counted.sets.items()
        if _Tier(kind in query.likely_types, number in counted.sure_sets) in tiers
    )


def _of_kinds(counted: FacetTally, kinds: Collection[str]) -> frozenset[int]:
    return frozenset(number for number, kind in counted.sets.items() if kind in kinds)


def _bands(counted: FacetTally, tiers: Collection[_Tier]) -> Counter[int | None]:
    bands: Counter[int | None] = Counter()
    for (is_likely, is_sure, band), number in counted.bands.items():
        if (is_likely, is_sure) in tiers:
            bands[band] += number
    return bands


def _nearest(bands: Counter[int | None], enough: int) -> int | None:
    """The least distance within which there are enough documents, if there is one."""
    found = 0
    for band in sorted(band for band in bands if band is not None):
        found += bands[band]
        if found >= enough:
            return band
    return None
