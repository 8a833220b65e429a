"""What SQLite and PostgreSQL each say in their own way."""

import json
from collections.abc import Collection, Iterable
from itertools import count
from typing import Protocol

from django.db import connection

from search.engines.database.sql import SqlFragment, compose, storable, value

#: Analysed words of a document: title, kind, summary, body.
Columns = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]
_ANALYSED_TABLES = ("search_indexeddocument", "search_documenttraits", "search_facetset")

#: Stems to look for, as alternatives of « all of these ».
Alternatives = Collection[tuple[str, ...]]


class SqlDialect(Protocol):
    share_lock: str

    def matched(self, alternatives: Alternatives, *, with_score: bool) -> SqlFragment:
        """SELECT the ``id`` (and ``score``, the greater the better) of documents that hold
        all the stems of one of the alternatives."""
        ...

    def titled(self, stems: Collection[str]) -> SqlFragment:
        """SELECT the ``id`` of documents whose title holds all these stems."""
        ...

    def among(self, values: Collection[int] | Collection[str]) -> SqlFragment:
        """What comes after a column that must be one of many values."""
        ...

    def write_words(self, rows: Iterable[tuple[int, Columns]]) -> None:
        """Keep the analysed words of these documents, in the place of what was there."""
        ...

    def forget_words(self, ids: Collection[int]) -> None: ...

    def count_words(self, generation: int) -> int:
        """How many documents of a generation have their analysed words."""
        ...

    def gather_statistics(self) -> None:
        """Tell the planner what the tables hold, after many rows have changed at once."""
        ...


class SqliteDialect:
    share_lock = ""

    # Nearly a strict order: bm25 flattens what is repeated.
    _SCORE = ", -bm25(search_text, 100.0, 30.0, 10.0, 1.0) AS score"

    def matched(self, alternatives: Alternatives, *, with_score: bool) -> SqlFragment:
        # Stems are letters and digits only; in quotes, none can be an operator.
        question = " OR ".join(
            "({})".format(" AND ".join(f'"{stem}"' for stem in stems)) for stems in alternatives
        )
        score = SqlFragment(self._SCORE if with_score else "")
        return compose(
            "SELECT rowid AS id{score} FROM search_text WHERE search_text MATCH {question}",
            score=score,
            question=value(question),
        )

    def titled(self, stems: Collection[str]) -> SqlFragment:
        together = " AND ".join(f'"{stem}"' for stem in stems)
        return compose(
            "SELECT rowid FROM search_text WHERE search_text MATCH {question}",
            question=value(f"title : ({together})"),
        )

    def among(self, values: Collection[int] | Collection[str]) -> SqlFragment:
        return SqlFragment("IN (SELECT value FROM json_each(%s))", (json.dumps(_storable(values)),))

    def write_words(self, rows: Iterable[tuple[int, Columns]]) -> None:
        texts: list[tuple] = [
            (number, *(" ".join(column) for column in columns)) for number, columns in rows
        ]
        self.forget_words([number for number, *_ in texts])
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_text (rowid, title, kind, summary, body)"
                " VALUES (%s, %s, %s, %s, %s)",
                texts,
            )

    def forget_words(self, ids: Collection[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_text WHERE rowid = %s", [(n,) for n in ids])

    def count_words(self, generation: int) -> int:
        return _count("x.rowid = d.id", generation)

    def gather_statistics(self) -> None:
        """Nothing to do: the statements are written so that SQLite needs none."""


class PostgresqlDialect:
    share_lock = " FOR SHARE"

    _LAST_POSITION = 16_383

    def matched(self, alternatives: Alternatives, *, with_score: bool) -> SqlFragment:
        # ts_rank of an AND measures how near the words are; of an OR, where they are.
        wanted = " | ".join("({})".format(" & ".join(map(_lexeme, s))) for s in alternatives)
        ranked = " | ".join(_lexeme(stem) for stem in dict.fromkeys(sum(alternatives, ())))
        score = compose(
            ", ts_rank('{{0.01, 0.1, 0.3, 1.0}}', words, {ranked}::tsquery) AS score",
            ranked=value(ranked),
        )
        return compose(
            "SELECT document_id AS id{score} FROM search_text WHERE words @@ {wanted}::tsquery",
            score=score if with_score else SqlFragment(""),
            wanted=value(wanted),
        )

    def titled(self, stems: Collection[str]) -> SqlFragment:
        together = " & ".join(f"{_lexeme(stem)}:A" for stem in stems)
        return compose(
            "SELECT document_id FROM search_text WHERE words @@ {wanted}::tsquery",
            wanted=value(together),
        )

    def among(self, values: Collection[int] | Collection[str]) -> SqlFragment:
        return SqlFragment("= ANY(%s)", (_storable(values),))

    def write_words(self, rows: Iterable[tuple[int, Columns]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_text (document_id, words) VALUES (%s, %s::tsvector)"
                " ON CONFLICT (document_id) DO UPDATE SET words = excluded.words",
                [(number, self._vector(columns)) for number, columns in rows],
            )

    def _vector(self, columns: Columns) -> str:
        """The words with their places and weights, as PostgreSQL writes them.

        Written out rather than left to ``to_tsvector``, which would cut words its own way.
        """
        place = count(1)
        return " ".join(
            f"{_lexeme(stem)}:{min(next(place), self._LAST_POSITION)}{weight}"
            for column, weight in zip(columns, "ABCD", strict=True)
            for stem in column
        )

    def forget_words(self, ids: Collection[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_text WHERE document_id = ANY(%s)", [list(ids)])

    def count_words(self, generation: int) -> int:
        return _count("x.document_id = d.id", generation)

    def gather_statistics(self) -> None:
        # Its own hour may come a minute later: until then a search may take two seconds.
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE search_text, {', '.join(_ANALYSED_TABLES)}")


def _storable(values: Collection[int] | Collection[str]) -> list[int | str]:
    return [storable(one) if isinstance(one, str) else one for one in values]


def _count(join: str, generation: int) -> int:
    statement = compose(
        "SELECT COUNT(*) FROM search_indexeddocument d JOIN search_text x ON {join}"
        " WHERE d.generation = {generation}",
        join=SqlFragment(join),
        generation=value(generation),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        return cursor.fetchone()[0]


def _lexeme(stem: str) -> str:
    return f"'{stem}'"


def get_dialect() -> SqlDialect:
    return PostgresqlDialect() if connection.vendor == "postgresql" else SqliteDialect()
