"""Highlighting of the searched words in a text. No database."""

import re
from collections.abc import Collection
from functools import lru_cache

from search.analysis import STOP_WORDS, stem, tokens
from search.contracts import Marked

EXCERPT_LENGTH = 160
#: How far into a long text the best place is looked for.
FARTHEST = 6000

_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return "" if word in STOP_WORDS else stem(word)


def mark(text: str, wanted: Collection[str]) -> Marked:
    """Cut a text in pieces: those whose stem is wanted, and what is between them."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for start, stop in _found(text, wanted):
        if start > end:
            pieces.append((text[end:start], False))
        pieces.append((text[start:stop], True))
        end = stop
    if end < len(text):
        pieces.append((text[end:], False))
    return tuple(pieces)


def excerpt(summary: str, body: str, wanted: Collection[str]) -> Marked:
    """About 160 characters around what was looked for: in the summary, else in the body,
    else the beginning of what there is."""
    for text in (summary, body):
        text = _SPACES.sub(" ", text[:FARTHEST]).strip()
        places = _found(text, wanted)
        if places:
            return mark(_window(text, places), wanted)
    return mark(_window(_SPACES.sub(" ", (summary or body)[:FARTHEST]).strip(), []), ())


def _found(text: str, wanted: Collection[str]) -> list[tuple[int, int]]:
    if not wanted:
        return []
    return [(token.start, token.end) for token in tokens(text) if _stem(token.word) in wanted]


def _window(text: str, places: list[tuple[int, int]]) -> str:
    """The piece of the text that holds the most places, cut between words."""
    if len(text) <= EXCERPT_LENGTH:
        return text
    start = _best_start(places)
    if start:
        start = text.find(" ", max(0, start - EXCERPT_LENGTH // 4), start) + 1 or start
    end = text.rfind(" ", start, start + EXCERPT_LENGTH)
    end = len(text) if start + EXCERPT_LENGTH >= len(text) else max(end, start + 1)
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")


def _best_start(places: list[tuple[int, int]]) -> int:
    def gathered(start: int) -> int:
        return sum(start <= place < start + EXCERPT_LENGTH * 3 // 4 for place, _ in places)

    return max((start for start, _ in places), key=gathered, default=0)
