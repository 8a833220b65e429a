"""The embedded engine: one statement to count, one to show."""

import math
from collections.abc import Iterable

from django.db import connection

from search.contracts import Completion, EngineAnswer, EngineQuery, Hit, SearchDocument
from search.engines.database.completing import completions
from search.engines.database.counting import Counting, Group, Tally
from search.engines.database.mending import mended
from search.engines.database.question import wanted
from search.engines.database.reach import reach_of
from search.engines.database.rebuilding import rebuild
from search.engines.database.sql import Sql
from search.engines.database.statements import Statements
from search.engines.database.vendors import Alternatives, vendor
from search.engines.database.writing import live_digests, put, remove
from search.marking import excerpt, mark


class DatabaseEngine:
    """Answers from ``IndexedDocument`` and the analysed words beside it."""

    def search(self, query: EngineQuery) -> EngineAnswer:
        looked_for = wanted(query)
        statements = Statements(query, looked_for, vendor())
        alternatives, counted = self._count(statements)
        suggestion = ""
        if looked_for.words and not (counted.held and alternatives == looked_for.together):
            suggestion = self._suggestion(query)
        return EngineAnswer(
            hits=self._show(statements, alternatives, counted),
            total=counted.total,
            counts=counted.counts,
            suggestion=suggestion,
        )

    def complete(self, start: str, language: str, limit: int = 8) -> tuple[Completion, ...]:
        return completions(start, language, limit)

    def put(self, documents: Iterable[SearchDocument]) -> None:
        put(documents)

    def remove(self, keys: Iterable[str]) -> None:
        remove(keys)

    def digests(self) -> dict[str, str]:
        return live_digests()

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        return rebuild(documents)

    def _count(self, statements: Statements) -> tuple[Alternatives, Tally]:
        """Look for all the words, or for any of them when no document holds all.

        With types, words only rank: any of them does.
        """
        words = statements.wanted
        together = words.together
        if len(words.words) > 1 and not statements.query.types:
            if not _rows(statements.any_holding(together)):
                together = words.apart
        else:
            together = words.apart
        return together, self._tally(statements, together)

    def _tally(self, statements: Statements, alternatives: Alternatives) -> Tally:
        query = statements.query
        groups = map(Group._make, _rows(statements.counting(alternatives)))
        counting = Counting(query.filters, statements.km, query.likely_types)
        return counting.tally(groups, statements.named_kinds)

    def _show(
        self, statements: Statements, alternatives: Alternatives, counted: Tally
    ) -> tuple[Hit, ...]:
        query = statements.query
        if query.limit <= 0 or not 0 <= query.offset < counted.total:
            return ()
        reach = reach_of(query, counted, statements.named_kinds, statements.km)
        rows = _rows(statements.showing(alternatives, reach))
        return tuple(_hit(row, statements.wanted.stems) for row in rows)

    def _suggestion(self, query: EngineQuery) -> str:
        """The words with their typing errors mended, when they then find something."""
        other = mended(query)
        if other is None:
            return ""
        statements = Statements(other, wanted(other), vendor())
        counted = self._tally(statements, statements.wanted.together)
        return other.words if counted.held and counted.total else ""


def _rows(statement: Sql) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        return cursor.fetchall()


def _hit(row: tuple, stems: frozenset[str]) -> Hit:
    key, kind, title, url, summary, body, is_entry, page_id, is_rough, square = row
    return Hit(
        key=key,
        kind=kind,
        title=title,
        url=url,
        summary=summary,
        is_entry=bool(is_entry),
        page_id=page_id,
        distance_km=None if square is None else round(math.sqrt(square), 2),
        is_rough=bool(is_rough),
        marked_title=mark(title, stems),
        excerpt=excerpt(summary, body, stems),
    )
