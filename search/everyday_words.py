"""Words that people say, completed while one types: « depr… » is « dépression »."""

from dataclasses import dataclass

from portal.cache.cached import get_or_set
from portal.geo.names import plain
from search.models import LexiconEntry
from search.understanding.lexicon import query_vocabulary
from search.understanding.type_phrases import PLAIN

#: The language of the lexicon.
_LANGUAGE = "fr"
_MOST_WORDS = 4
_MOST_KINDS = 2


@dataclass(frozen=True, slots=True)
class EverydayWord:
    """A word or a few, as they are written, and the types of what answers them."""

    text: str
    folded: str
    types: tuple[str, ...]


def words_beginning(start: str, language: str, limit: int) -> list[tuple[str, str]]:
    """The everyday words that begin so, the shortest first, each with the kind of its answer.

    One of each meaning: « dépression », not « dépressif » beside it. None outside French.
    """
    begin = plain(start)
    if language != _LANGUAGE or not begin:
        return []
    known = query_vocabulary()
    found: dict[tuple[str, ...], EverydayWord] = {}
    for word in get_or_set("everyday-words", _read):
        if word.folded.startswith(begin):
            found.setdefault(word.types, word)
    return [
        (word.text, ", ".join(known.label(code, language) for code in word.types[:_MOST_KINDS]))
        for word in list(found.values())[:limit]
    ]


def _read() -> tuple[EverydayWord, ...]:
    """In the order in which they are proposed: single words first, as the editors wrote them."""
    said = [(words.split(";"), tuple(types.split())) for words, types in PLAIN.items()]
    entries = LexiconEntry.objects.filter(is_active=True, is_name=False).order_by("pk")
    said += [(entry.phrases.splitlines(), tuple(entry.types)) for entry in entries]
    words: dict[str, EverydayWord] = {}
    for phrases, types in said:
        for phrase in map(str.strip, phrases):
            folded = plain(phrase)
            if types and folded and len(folded.split()) <= _MOST_WORDS:
                words.setdefault(folded, EverydayWord(phrase, folded, types))
    return tuple(sorted(words.values(), key=lambda word: len(word.folded.split())))
