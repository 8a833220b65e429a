"""The counts of the facets, as aggregations of the same request."""

from collections.abc import Mapping
from typing import Any

from elasticsearch.dsl import A

from search.contracts import DISTANCES
from search.engines.elasticsearch.question import Question

FIELDS = {
    "type": "kind",
    "public": "facets.public",
    "age": "facets.age",
    "pratique": "facets.pratique",
    "langue": "facets.langue",
}
#: Facets where a document without any code is for every code.
FOR_ALL = ("public", "age")
#: More codes than a facet has.
MOST_CODES = 500


def aggregations(question: Question) -> dict[str, Any]:
    """For each facet, its codes among what the filters of the others leave."""
    found = {}
    for facet, field in FIELDS.items():
        # What is practical adds up: its codes are counted with those that are ticked.
        but = "" if facet == "pratique" else facet
        kept = A("filter", filter=question.narrowed(but=but))
        kept.bucket("codes", "terms", field=field, size=MOST_CODES)
        if facet in FOR_ALL:
            kept.bucket("for_all", "missing", field=field)
        found[facet] = kept
    if question.point:
        kept = A("filter", filter=question.narrowed(but="distance"))
        bands = {str(km): question.within(km) for km in DISTANCES}
        kept.bucket("codes", "filters", filters=bands)
        found["distance"] = kept
    return found


def counts(question: Question, answer: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """What each code of each facet would give; never zero."""
    filters = question.asked.filters
    chosen = {"public": filters.public, "age": filters.age}
    found = {}
    for facet in (*FIELDS, *(["distance"] if question.point else [])):
        codes = _codes(answer[facet]["codes"]["buckets"])
        for_all = answer[facet]["for_all"]["doc_count"] if facet in FOR_ALL else 0
        if for_all:
            for code in {*codes, chosen[facet]} - {""}:
                codes[code] = codes.get(code, 0) + for_all
        found[facet] = {code: count for code, count in codes.items() if count}
    return {facet: codes for facet, codes in found.items() if codes}


def _codes(buckets: Any) -> dict[str, int]:
    """Buckets come as a list, or by name for distances."""
    if isinstance(buckets, Mapping):
        return {code: bucket["doc_count"] for code, bucket in buckets.items()}
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}
