"""Mending typing errors with what the server finds near in its own vocabulary."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query
from rapidfuzz.distance import OSA

from search.analysis import tokens, words
from search.contracts import EngineQuery
from search.engines.limits import (
    LONGEST_MENDED,
    LONGEST_TEXT,
    MOST_MENDED,
    SHORTEST_MENDED,
    TWO_ERRORS,
)

_WORD = re.compile(r"[^\W\d_]+")
TEXTS = ("title", "kind_words", "summary", "body")


def words_to_correct(text: str) -> dict[str, str]:
    """The words of a text that are long enough to be mended, with their folded form."""
    folded = {word: "".join(words(word)) for word in _WORD.findall(text[:LONGEST_TEXT])}
    return {
        word: form
        for word, form in folded.items()
        if SHORTEST_MENDED <= len(form) <= LONGEST_MENDED
    }


def suggest(text: str) -> dict[str, Any]:
    """Ask for words near to those that the index does not have."""
    nearest = {
        "field": "vocabulary",
        "suggest_mode": "missing",
        "max_edits": 2,
        "prefix_length": 0,
        "min_word_length": SHORTEST_MENDED,
        "string_distance": "damerau_levenshtein",
        "size": 10,
    }
    return {word: {"text": form, "term": nearest} for word, form in words_to_correct(text).items()}


def corrections(suggested: Mapping[str, Any]) -> dict[str, str]:
    """The folded word to write in the place of each that was mistyped."""
    found: dict[str, str] = {}
    for word, entries in suggested.items():
        for entry in entries:
            near = [option["text"] for option in entry["options"]]
            if len(found) < MOST_MENDED and (best := _nearest(entry["text"], near)):
                found[word] = best
    return found


def _nearest(folded: str, near: list[str]) -> str:
    """The one that differs by few letters, the first one being right if possible."""
    errors = 2 if len(folded) >= TWO_ERRORS else 1
    ranked = sorted((OSA.distance(folded, one), one[0] != folded[0], one) for one in near)
    return ranked[0][2] if ranked and ranked[0][0] <= errors else ""


def replaced(query: EngineQuery, mended: Mapping[str, str]) -> EngineQuery:
    """The same question with its words mended."""
    kept = query.words[:LONGEST_TEXT]
    return replace(query, words=_WORD.sub(lambda m: mended.get(m[0], m[0]), kept))


def using(mended: Mapping[str, str]) -> list[Query]:
    """Prefer documents that write these very words."""
    return [Q("term", vocabulary=word) for word in mended.values()]


def written(text: str, mended: Mapping[str, str], document: Mapping[str, Any]) -> str:
    """The text with its words mended, as this document writes them."""
    shown: dict[str, str] = {}
    for field in TEXTS:
        for token in tokens(document[field]):
            if token.word in mended.values():
                shown.setdefault(token.word, document[field][token.start : token.end].lower())
    kept = text[:LONGEST_TEXT]
    return _WORD.sub(lambda m: _as_shown(m[0], mended, shown), kept)


def _as_shown(word: str, mended: Mapping[str, str], shown: Mapping[str, str]) -> str:
    if word not in mended:
        return word
    return shown.get(mended[word], mended[word])
