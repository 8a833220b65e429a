"""The counts of the facets, as aggregations of the same request."""

from collections.abc import Mapping
from typing import Any

from elasticsearch.dsl import A, Q

from search.contracts import DISTANCES
from search.engines.elasticsearch.mapping import EVERYBODY, FOR_ALL
from search.engines.elasticsearch.query import ServerQuery

FIELDS = {
    "type": "kind",
    "public": "facets.public",
    "age": "facets.age",
    "pratique": "facets.pratique",
    "langue": "facets.langue",
}
DISTANCE = "distance"
#: More codes than a facet has.
MOST_CODES = 500


#: Facets whose own filter is not set are counted together, among what is found.
_FOUND = "found"
#: What serves others than the place, which no facet counts.
ASIDE = "aside"


def aggregations(question: ServerQuery) -> dict[str, Any]:
    """The codes of each facet, among what the filters of the others leave."""
    found = {
        _FOUND: A("filter", filter=question.narrowed()),
        ASIDE: A("filter", filter=question.aside()),
    }
    for facet, field in FIELDS.items():
        # What is practical adds up: its codes are counted with those that are ticked.
        if question.filters[facet] and facet != "pratique":
            found[facet] = A("filter", filter=question.narrowed(but=facet))
        group = found.get(facet, found[_FOUND])
        group.bucket(facet, "terms", field=field, size=MOST_CODES)
    if question.point:
        # Only what is near enough for one of the bands is then looked at for each.
        near = [question.narrowed(but=DISTANCE), question.within(max(DISTANCES))]
        found[DISTANCE] = A("filter", filter=Q("bool", filter=near))
        bands = {str(km): question.within(km) for km in DISTANCES}
        found[DISTANCE].bucket(DISTANCE, "filters", filters=bands)
    return found


def counts(question: ServerQuery, answer: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """What each code of each facet would give; never zero."""
    filters = question.asked.filters
    chosen = {"public": filters.public, "age": filters.age}
    found = {}
    for facet in (*FIELDS, *([DISTANCE] if question.point else [])):
        group = answer.get(facet) or answer[_FOUND]
        codes = _codes(group[facet]["buckets"])
        for_all = codes.pop(EVERYBODY, 0) if facet in FOR_ALL else 0
        for code in {*codes, chosen[facet]} - {""} if for_all else ():
            codes[code] = codes.get(code, 0) + for_all
        found[facet] = {code: count for code, count in codes.items() if count}
    return {facet: codes for facet, codes in found.items() if codes}


def _codes(buckets: Any) -> dict[str, int]:
    """Buckets come as a list, or by name for distances."""
    if isinstance(buckets, Mapping):
        return {code: bucket["doc_count"] for code, bucket in buckets.items()}
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}
