"""How far the hits of one page have to be looked for, from what was counted."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from search.contracts import EngineQuery
from search.engines.database.facets import FacetTally

#: From how many documents the first ones of an order are soon met by following it.
WIDE = 2000


@dataclass(frozen=True, slots=True)
class HitBounds:
    """Where the hits of a page are.

    ``facet_sets`` they belong to; those of ``named_sets`` are asked for whatever their
    words, and those of ``likely_sets`` come first. ``km`` is how far they are at most.
    ``is_near`` says that the distance of each is known: their words need not be weighed.
    ``is_wide``, that nearly any document will do.
    """

    facet_sets: frozenset[int]
    named_sets: frozenset[int]
    likely_sets: frozenset[int]
    km: int | None
    is_near: bool
    is_wide: bool

    @property
    def is_all_named(self) -> bool:
        return self.facet_sets <= self.named_sets


def hit_bounds(
    query: EngineQuery, counted: FacetTally, named: Collection[str], km: int | None
) -> HitBounds:
    """What a page needs: fifty neighbours counted spare weighing ten thousand documents.

    Likely types come first, so when they fill the page only they are looked for. A promoted
    document may be anywhere.
    """
    sets = frozenset(counted.sets)
    likely = _of_kinds(counted, query.likely_types)
    enough = query.offset + query.limit
    if not query.promoted and likely and _number(counted, only_likely=True) >= enough:
        sets, bands = likely, _bands(counted, only_likely=True)
    else:
        bands = _bands(counted, only_likely=False)
        if likely and sets != likely:
            enough = counted.total
    near = None if query.promoted else _nearest(bands, min(enough, counted.total))
    return HitBounds(
        facet_sets=sets,
        named_sets=_of_kinds(counted, named),
        likely_sets=likely & sets,
        km=km if near is None else near,
        is_near=near is not None,
        is_wide=not (query.words or named or query.promoted) and counted.total >= WIDE,
    )


def _of_kinds(counted: FacetTally, kinds: Collection[str]) -> frozenset[int]:
    return frozenset(number for number, kind in counted.sets.items() if kind in kinds)


def _bands(counted: FacetTally, *, only_likely: bool) -> Counter[int | None]:
    bands: Counter[int | None] = Counter()
    for (is_likely, band), number in counted.bands.items():
        bands[band] += number if is_likely or not only_likely else 0
    return bands


def _number(counted: FacetTally, *, only_likely: bool) -> int:
    return _bands(counted, only_likely=only_likely).total()


def _nearest(bands: Counter[int | None], enough: int) -> int | None:
    """The least distance within which there are enough documents, if there is one."""
    found = 0
    for band in sorted(band for band in bands if band is not None):
        found += bands[band]
        if found >= enough:
            return band
    return None
