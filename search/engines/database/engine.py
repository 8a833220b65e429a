"""The embedded engine: one statement to count, one to show."""

import math
from collections.abc import Iterable
from dataclasses import replace

from django.db import connection

from search.contracts import EngineAnswer, EngineQuery, QueryCompletion, SearchDocument, SearchHit
from search.engines.database.autocomplete import completions
from search.engines.database.bounds import aside_bounds, hit_bounds
from search.engines.database.conditions import QueryConditions
from search.engines.database.dialects import Alternatives, get_dialect
from search.engines.database.facet_sql import any_holding, groups_of
from search.engines.database.facets import FacetCounter, FacetGroup, FacetTally, codes_of
from search.engines.database.hits_sql import hits_of
from search.engines.database.query_terms import query_terms
from search.engines.database.rebuild import rebuild
from search.engines.database.serving import ServingRule
from search.engines.database.spelling import correct_spelling
from search.engines.database.sql import SqlFragment
from search.engines.database.writer import live_digests, put, remove
from search.highlight import excerpt, mark


class DatabaseEngine:
    """Answers from ``IndexedDocument`` and the analysed words beside it."""

    def search(self, query: EngineQuery) -> EngineAnswer:
        looked_for = query_terms(query)
        asked = QueryConditions(query, looked_for, get_dialect())
        alternatives, counted = self._count(asked)
        suggestion = ""
        if looked_for.words and not (counted.held and alternatives == looked_for.together):
            suggestion = self._suggestion(query)
        return EngineAnswer(
            hits=self._show(asked, alternatives, counted),
            total=counted.total,
            counts=counted.counts,
            suggestion=suggestion,
            aside=counted.aside,
            aside_hits=self._show_aside(asked, alternatives, counted),
        )

    def complete(self, start: str, language: str, limit: int = 8) -> tuple[QueryCompletion, ...]:
        return completions(start, language, limit)

    def put(self, documents: Iterable[SearchDocument]) -> None:
        put(documents)

    def remove(self, keys: Iterable[str]) -> None:
        remove(keys)

    def digests(self) -> dict[str, str]:
        return live_digests()

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        return rebuild(documents)

    def _count(self, asked: QueryConditions) -> tuple[Alternatives, FacetTally]:
        """Look for all the words, or for any of them when no document holds all.

        With types, words only rank: any of them does.
        """
        words = asked.wanted
        may_be_together = len(words.words) > 1 and not asked.query.types
        if may_be_together and _rows(any_holding(asked, words.together)):
            return words.together, self._tally(asked, words.together)
        return words.apart, self._tally(asked, words.apart)

    def _tally(self, asked: QueryConditions, alternatives: Alternatives) -> FacetTally:
        query = asked.query
        groups = map(FacetGroup._make, _rows(groups_of(asked, alternatives)))
        counting = FacetCounter(query.filters, asked.km, query.likely_types, ServingRule(query))
        return counting.tally(groups, asked.named_kinds)

    def _show(
        self, asked: QueryConditions, alternatives: Alternatives, counted: FacetTally
    ) -> tuple[SearchHit, ...]:
        query = asked.query
        if query.limit <= 0 or not 0 <= query.offset < counted.total:
            return ()
        reach = hit_bounds(query, counted, asked.named_kinds, asked.km)
        rows = _rows(hits_of(asked, alternatives, reach))
        return tuple(_hit(row, asked.wanted.stems) for row in rows)

    def _show_aside(
        self, asked: QueryConditions, alternatives: Alternatives, counted: FacetTally
    ) -> tuple[SearchHit, ...]:
        """The first of what serves others than the place."""
        query = asked.query
        if query.most_aside <= 0 or not counted.aside:
            return ()
        first = replace(asked, query=replace(query, offset=0, limit=query.most_aside))
        reach = aside_bounds(counted, asked.named_kinds, asked.km)
        rows = _rows(hits_of(first, alternatives, reach))
        return tuple(_hit(row, asked.wanted.stems) for row in rows)

    def _suggestion(self, query: EngineQuery) -> str:
        """The words with their typing errors mended, when they then find something."""
        other = correct_spelling(query)
        if other is None:
            return ""
        asked = QueryConditions(other, query_terms(other), get_dialect())
        counted = self._tally(asked, asked.wanted.together)
        return other.words if counted.held and counted.total else ""


def _rows(statement: SqlFragment) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        return cursor.fetchall()


def _hit(row: tuple, stems: frozenset[str]) -> SearchHit:
    key, kind, title, url, summary, body, is_entry, page_id, is_rough = row[:9]
    area, received, facets, square = row[9:]
    return SearchHit(
        key=key,
        kind=kind,
        title=title,
        url=url,
        summary=summary,
        is_entry=bool(is_entry),
        page_id=page_id,
        distance_km=None if square is None else round(math.sqrt(square), 2),
        is_rough=bool(is_rough),
        area=tuple(code for code in area.split("|") if code),
        received=received,
        facets={name: tuple(sorted(codes)) for name, codes in codes_of(facets).by_facet.items()},
        marked_title=mark(title, stems),
        excerpt=excerpt(summary, body, stems),
    )
