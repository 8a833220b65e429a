"""The search server as an engine: one request most of the time, four at most."""

import time
from collections.abc import Iterable, Mapping
from typing import Any

from elasticsearch.dsl import Q, Search

from search.analysis import words
from search.contracts import EngineAnswer, EngineQuery, QueryCompletion, SearchDocument, SearchHit
from search.engines.elasticsearch import spelling
from search.engines.elasticsearch.aggregations import ASIDE, aggregations, counts
from search.engines.elasticsearch.generations import IndexGenerations
from search.engines.elasticsearch.mapping import EVERYBODY, WINDOW
from search.engines.elasticsearch.query import ServerQuery
from search.engines.elasticsearch.transport import (
    PATIENT_SECONDS,
    TOTAL_SECONDS,
    client,
    sensible,
)
from search.engines.limits import SHORTEST_START
from search.highlight import EXCERPT_LENGTH, excerpt, mark

SHOWN = [
    "key",
    "kind",
    "title",
    "url",
    "summary",
    "is_entry",
    "page_id",
    "is_rough",
    "area",
    "received",
    "facets",
    "point",
]


class ElasticsearchEngine:
    """Answers from the index behind an alias of a server."""

    def __init__(self, url: str, alias: str, *, patience: float = PATIENT_SECONDS) -> None:
        """``patience`` is how many seconds a request that nobody waits for may take."""
        self._client = client(url)
        self._alias = alias
        self.generations = IndexGenerations(self._client.options(request_timeout=patience), alias)

    def search(self, query: EngineQuery) -> EngineAnswer:
        question = ServerQuery(query)
        deadline = time.monotonic() + TOTAL_SECONDS
        with sensible():
            answer = self._run(_first_request(question), deadline)
            suggested = answer.get("suggest", {})
            held = answer["aggregations"]["held"]["doc_count"]
            together = not query.types
            if question.can_widen and not held:
                together = False
                answer = self._run(_request(question, together=together), deadline)
            aside = answer["aggregations"][ASIDE]["doc_count"]
            suggestion = ""
            if question.words and not held:
                suggestion = self._suggestion(query, spelling.corrections(suggested), deadline)
            return EngineAnswer(
                hits=tuple(_hit(question, hit) for hit in answer["hits"]["hits"]),
                total=answer["hits"]["total"]["value"],
                counts=counts(question, answer["aggregations"]),
                suggestion=suggestion,
                aside=aside,
                aside_hits=self._aside(question, together, deadline) if aside else (),
            )

    def complete(self, start: str, language: str, limit: int = 8) -> tuple[QueryCompletion, ...]:
        typed = words(start[:100])
        if not typed or max(map(len, typed)) < SHORTEST_START or limit <= 0:
            return ()
        begins = [Q("prefix", **{"title.words": word}) for word in typed]
        search = (
            Search()
            .query("bool", filter=[Q("term", language=language), *begins])
            .sort("-is_entry", "sort_title", "key")
            .source(includes=["title", "kind", "url"])
            .extra(size=limit, track_total_hits=False)
        )
        with sensible():
            answer = self._run(search, time.monotonic() + TOTAL_SECONDS)
            found = [hit["_source"] for hit in answer["hits"]["hits"]]
            return tuple(QueryCompletion(one["title"], one["kind"], one["url"]) for one in found)

    def put(self, documents: Iterable[SearchDocument]) -> None:
        self.generations.put(documents)

    def remove(self, keys: Iterable[str]) -> None:
        self.generations.remove(keys)

    def digests(self) -> dict[str, str]:
        return self.generations.digests()

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        return self.generations.rebuild(documents)

    def _run(self, search: Search, deadline: float) -> Mapping[str, Any]:
        """Send a request; what is late or partial is no answer."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        answer = self._client.options(request_timeout=left).search(
            index=self._alias,
            body=search.to_dict(),
            allow_partial_search_results=False,
        )
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise ValueError("partial answer")
        return answer.body

    def _aside(
        self, question: ServerQuery, together: bool, deadline: float
    ) -> tuple[SearchHit, ...]:
        """The first of what serves others than the place."""
        most = question.asked.most_aside
        if most <= 0:
            return ()
        search = (
            Search()
            .query(question.found(together=together))
            .post_filter(question.aside())
            .sort(*question.order)
            .source(includes=SHOWN)
            .extra(size=most, track_total_hits=False, track_scores=True)
        )
        hits = self._run(search, deadline)["hits"]["hits"]
        return tuple(_hit(question, hit) for hit in hits)

    def _suggestion(self, query: EngineQuery, mended: Mapping[str, str], deadline: float) -> str:
        """The words with their typing errors mended, when they then find something."""
        if not mended:
            return ""
        question = ServerQuery(spelling.replaced(query, mended))
        search = (
            Search()
            .query(question.proven(spelling.using(mended)))
            .source(includes=list(spelling.TEXTS))
            .extra(size=1, track_total_hits=False)
        )
        hits = self._run(search, deadline)["hits"]["hits"]
        return spelling.written(query.words, mended, hits[0]["_source"]) if hits else ""


def _first_request(question: ServerQuery) -> Search:
    """All the words, whether something holds them, and what is near to those mistyped."""
    search = _request(question, together=not question.asked.types)
    search.aggs.bucket("held", "filter", filter=question.held())
    if to_mend := spelling.suggest(question.asked.words):
        search = search.extra(suggest=to_mend)
    return search


def _request(question: ServerQuery, *, together: bool) -> Search:
    asked = question.asked
    search = (
        Search()
        .query(question.found(together=together))
        .post_filter(question.narrowed())
        .sort(*question.order)
        .source(includes=SHOWN)
        .highlight(
            "body",
            type="unified",
            number_of_fragments=1,
            fragment_size=EXCERPT_LENGTH,
            no_match_size=EXCERPT_LENGTH,
            highlight_query=question.in_body().to_dict(),
        )
        .highlight_options(pre_tags=[""], post_tags=[""])
        # Without ``track_scores``, a script that sorts by score finds zero.
        .extra(track_total_hits=True, track_scores=True, **_page(asked))
    )
    for facet, counted in aggregations(question).items():
        search.aggs.bucket(facet, counted)
    return search


def _page(asked: EngineQuery) -> dict[str, int]:
    """Where the page is; nothing is shown farther than the server looks."""
    if asked.limit <= 0 or not 0 <= asked.offset <= WINDOW - asked.limit:
        return {"size": 0}
    return {"from_": asked.offset, "size": asked.limit}


def _hit(question: ServerQuery, hit: Mapping[str, Any]) -> SearchHit:
    kept = hit["_source"]
    body = hit.get("highlight", {}).get("body", [""])[0]
    return SearchHit(
        key=kept["key"],
        kind=kept["kind"],
        title=kept["title"],
        url=kept["url"],
        summary=kept["summary"],
        is_entry=kept["is_entry"],
        page_id=kept["page_id"],
        distance_km=question.distance_km(kept.get("point")),
        is_rough=kept["is_rough"],
        area=tuple(kept.get("area") or ()),
        received=kept.get("received") or "",
        facets=_facets(kept.get("facets") or {}),
        marked_title=mark(kept["title"], question.stems),
        excerpt=excerpt(kept["summary"], body, question.stems),
    )


def _facets(kept: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    said = {name: tuple(sorted(set(codes) - {EVERYBODY})) for name, codes in kept.items()}
    return {name: codes for name, codes in said.items() if codes}
