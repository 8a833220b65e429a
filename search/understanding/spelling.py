"""Typing errors in the words that mean something: « psychologe », « hopital de jours »."""

import lzma
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from portal.text.phonetics import phonetic_key
from search.analysis import STOP_WORDS

_ORDINARY = Path(__file__).parent / "data" / "ordinary_words.txt.xz"
SHORTEST = 5
#: From how many letters two errors are forgiven; one below.
TWO_ERRORS = 9
_SHORTEST_BEGINNING = 6


@cache
def ordinary_words() -> frozenset[str]:
    """Everyday French words, folded: one that looks like a word of ours is not mended into it.

    Those of five to fourteen letters that the French frequency list of pyspellchecker 0.9
    (MIT) counts a thousand times or more.
    """
    with lzma.open(_ORDINARY, "rt", encoding="utf-8") as lines:
        return frozenset(lines.read().split())


def correct_spelling(word: str, known: Collection[str], sounds: Mapping[str, str]) -> str:
    """The known word that a folded word was meant to be; the word itself when there is none.

    In: the words known, and by their sound those that may be written as they are heard. The
    first letter is seldom the wrong one: it may be in long words only.
    """
    if len(word) < SHORTEST or not word.isalpha():
        return word
    if word in STOP_WORDS or word in ordinary_words():
        return word
    errors = 2 if len(word) >= TWO_ERRORS else 1
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=errors, limit=10)
    near = [
        (distance, other)
        for other, distance, _index in found
        if len(other) >= SHORTEST and (other[0] == word[0] or len(word) >= TWO_ERRORS)
    ]
    return min(near)[1] if near else sounds.get(phonetic_key(word)) or _begun(word, known)


def _begun(word: str, known: Collection[str]) -> str:
    """The shortest known word that this one begins: « psychia »; the word itself without one."""
    if len(word) < _SHORTEST_BEGINNING:
        return word
    whole = (other for other in known if other.startswith(word))
    return min(whole, key=lambda other: (len(other), other), default=word)
