"""The words that documents use, as readers may mean to write them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max

from search.analysis import stems, words
from search.engines.limits import LONGEST_MENDED, SHORTEST_MENDED
from search.models import IndexedDocument, Word

#: Words by language.
UsedWords = set[tuple[str, str]]

_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class IndexVocabulary:
    """What a language's documents use: words as shown by their folded form, and stems.

    ``last`` is the last row that was read: another one means that words were added.
    """

    last: tuple[int, str] | None
    shown: dict[str, str]
    stems: frozenset[str]


_memory: dict[str, IndexVocabulary] = {}


def learn(rows: Iterable[IndexedDocument]) -> UsedWords:
    """The words of these documents; those that were not known are written."""
    by_language: dict[str, dict[str, str]] = {}
    for row in rows:
        by_language.setdefault(row.language, {}).update(words_of(row))
    for language, found in by_language.items():
        known = Word.objects.filter(language=language, folded__in=list(found))
        new = found.keys() - set(known.values_list("folded", flat=True))
        Word.objects.bulk_create(
            Word(language=language, folded=word, shown=found[word]) for word in sorted(new)
        )
    return {(language, word) for language, found in by_language.items() for word in found}


def words_of(row: IndexedDocument) -> dict[str, str]:
    """The words of a document that are long enough to be mended, by their folded form."""
    found: dict[str, str] = {}
    for text in (row.body, row.summary, row.kind_words, row.title):
        for shown in set(_LETTERS.findall(text.lower())):
            if SHORTEST_MENDED <= len(shown) <= LONGEST_MENDED:
                found.update(dict.fromkeys(words(shown), shown))
    return found


def known_words(language: str) -> IndexVocabulary:
    """The vocabulary of a language, read again only when words were added to it."""
    rows = Word.objects.filter(language=language)
    last = rows.order_by("-pk").values_list("pk", "folded").first()
    known = _memory.get(language)
    if known is None or known.last != last:
        shown = dict(rows.values_list("folded", "shown"))
        known = IndexVocabulary(
            last, shown, frozenset(stem for word in shown for stem in stems(word))
        )
        _memory[language] = known
    return known


def newest_word() -> int:
    return Word.objects.aggregate(newest=Max("pk"))["newest"] or 0


def prune(used: UsedWords, newest: int) -> None:
    """Forget the words that are no longer used, among those known when a rebuild began."""
    rows = Word.objects.filter(pk__lte=newest).values_list("pk", "language", "folded")
    useless = [pk for pk, *word in rows if tuple(word) not in used]
    for start in range(0, len(useless), 500):
        Word.objects.filter(pk__in=useless[start : start + 500]).delete()
