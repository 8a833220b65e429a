"""Mending typing errors with the words that the index itself knows."""

import re
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import stems, words
from search.contracts import EngineQuery
from search.engines.database.sql import storable
from search.engines.database.term_index import IndexVocabulary, known_words
from search.engines.limits import (
    LONGEST_MENDED,
    LONGEST_TEXT,
    MOST_MENDED,
    SHORTEST_MENDED,
    TWO_ERRORS,
)

_WORD = re.compile(r"[^\W\d_]+")


def correct_spelling(query: EngineQuery) -> EngineQuery | None:
    """The question of the same words, unknown ones replaced by near ones; None without any."""
    text = query.words[:LONGEST_TEXT]
    known = known_words(storable(query.language))
    corrections: dict[str, str] = {}
    for word in dict.fromkeys(_WORD.findall(text)):
        if len(corrections) < MOST_MENDED and (nearest := _nearest(word, known)):
            corrections[word] = nearest
    if not corrections:
        return None
    return _by_words_only(query, _WORD.sub(lambda m: corrections.get(m[0], m[0]), text))


def _by_words_only(query: EngineQuery, text: str) -> EngineQuery:
    """A question that only finds what holds the words, among the types that were named."""
    types = query.types or query.filters.types
    return replace(
        query,
        words=text,
        types=(),
        likely_types=(),
        promoted=(),
        filters=replace(query.filters, types=types),
    )


def _nearest(word: str, known: IndexVocabulary) -> str:
    """The known word that differs by few letters, the first one being right if possible."""
    folded = "".join(words(word))
    if not SHORTEST_MENDED <= len(folded) <= LONGEST_MENDED or known.stems.issuperset(stems(word)):
        return ""
    errors = 2 if len(folded) >= TWO_ERRORS else 1
    found = process.extract(
        folded, known.shown.keys(), scorer=OSA.distance, score_cutoff=errors, limit=10
    )
    best = min(found, key=lambda one: (one[1], one[0][0] != folded[0], one[0]), default=None)
    return known.shown[best[0]] if best else ""
