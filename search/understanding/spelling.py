"""Typing errors in the words that mean something: « psychologe », « hopital de jours »."""

import lzma
import re
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
#: How no short word of French begins: it can only be an acronym.
_NO_SYLLABLE = re.compile(r"[^aeiouyhlr][^aeiouyhlr].{0,2}$")


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
    if not word.isalpha():
        return word
    if len(word) < SHORTEST:
        return _swapped(word, known) if _NO_SYLLABLE.match(word) else word
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


def _swapped(word: str, known: Collection[str]) -> str:
    """The acronym of which two letters that touch were swapped: « cpm » is « cmp »."""
    pairs = range(len(word) - 1)
    each = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in pairs)
    return next((other for other in each if other != word and other in known), word)


def _begun(word: str, known: Collection[str]) -> str:
    """The shortest known word that this one begins: « psychia »; the word itself without one."""
    if len(word) < _SHORTEST_BEGINNING:
        return word
    whole = (other for other in known if other.startswith(word))
    return min(whole, key=lambda other: (len(other), other), default=word)
