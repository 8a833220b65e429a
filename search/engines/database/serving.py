"""What a place says of each group of documents: served for sure, perhaps, or set aside."""

from dataclasses import dataclass
from functools import lru_cache

from portal.geo.service_area import has_commune, may_serve, serves_any
from search.contracts import EngineQuery
from search.engines.database.facets import FacetGroup, codes_of
from search.models import Rank


@lru_cache(maxsize=8192)
def _area(codes: str) -> frozenset[str]:
    """``|13211|13215~|`` as codes."""
    return frozenset(code for code in codes.split("|") if code)


@dataclass(frozen=True, slots=True)
class ServingRule:
    """The rule of ``EngineQuery.place``, on groups whose documents share an area."""

    query: EngineQuery

    def is_sure(self, group: FacetGroup) -> bool:
        """Whether it is known that the place is served, and the age when one is asked."""
        place = self.query.place
        if place is None or not has_commune(place) or not serves_any(_area(group.area), place):
            return False
        return not self.query.filters.age or "age" in codes_of(group.facets).by_facet

    def is_aside(self, group: FacetGroup) -> bool:
        """Whether the group serves others than the place."""
        if group.first or group.rank != Rank.ENTRY:
            return False
        place = self.query.place
        if place is None or not has_commune(place):
            return group.kind in self.query.by_address
        return not may_serve(_area(group.area), place)
