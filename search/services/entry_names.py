"""Questions that name an entry of the directory: « cmp saint marcel »."""

from collections import defaultdict
from dataclasses import replace

from search.analysis import STOP_WORDS, words
from search.contracts import (
    QueryPartKind,
    SearchQuery,
    SearchScope,
    UnderstoodQuery,
)
from search.models import LiveIndex, Rank, TitleWord
from search.understanding.lexicon import FILLERS

_MOST_WORDS = 12
_MOST_ROWS = 500
_MOST_NAMED = 5


def with_named_entries(query: SearchQuery, understood: UnderstoodQuery) -> UnderstoodQuery:
    """Put the entries that the question names first; their name is no commune far away.

    Looked for only at a place of another department that words of the question named: one
    query, and none otherwise.
    """
    if query.scope is SearchScope.PAGES or not _is_far(understood):
        return understood
    keys = _entries_named(query.text, query.language)
    if not keys:
        return understood
    promoted = tuple(dict.fromkeys((*understood.promoted, *keys)))
    parts = tuple(part for part in understood.parts if part.kind is not QueryPartKind.PLACE)
    return replace(
        understood,
        place=None,
        place_choices=(),
        text=" ".join(filter(None, [understood.text, _place_words(query.text, understood)])),
        promoted=promoted,
        parts=parts,
    )


def _is_far(understood: UnderstoodQuery) -> bool:
    """Whether words of the question name a place of another department."""
    place = understood.place
    return (
        place is not None
        and place.is_outside
        and any(
            part.kind is QueryPartKind.PLACE and not part.from_place_field
            for part in understood.parts
        )
    )


def _place_words(text: str, understood: UnderstoodQuery) -> str:
    """The words of a question that named its place."""
    rests = [part.rest for part in understood.parts if part.kind is QueryPartKind.PLACE]
    kept = set(words(rests[0])) if rests else set()
    return " ".join(word for word in words(text) if word not in kept)


def _entries_named(text: str, language: str) -> tuple[str, ...]:
    """Keys of the entries whose whole name is in the question, the longest names first."""
    said = list(dict.fromkeys(words(text)))[:_MOST_WORDS]
    telling = [word for word in said if len(word) > 2 and word not in STOP_WORDS | FILLERS]
    if not telling:
        return ()
    rows = TitleWord.objects.filter(
        generation=LiveIndex.current(), language=language, rank=Rank.ENTRY, word__in=telling
    ).values_list("document__key", "document__kind", "sort_title")
    found: dict[str, int] = defaultdict(int)
    for key, kind, title in rows[:_MOST_ROWS]:
        name = [word for word in title.split() if word not in STOP_WORDS and len(word) > 1]
        own = set(name) - {kind.lower()}
        if own and set(name) <= set(said) | {kind.lower()} and not own.isdisjoint(telling):
            found[key] = len(own)
    return tuple(sorted(found, key=lambda key: (-found[key], key))[:_MOST_NAMED])
