"""Words of danger in a question. No database, no setting: help is shown whatever happens.

When in doubt it is shown: a help block too many costs a glance, one too few may cost a life.
"""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from rapidfuzz.distance import OSA

from portal.base.phonetics import phonetic_key
from search.analysis import AnalysedToken, tokens
from search.understanding.crisis_words import GROUPS, KINDS, ORDINARY, SHORT, WORDS
from search.understanding.normalise import normalise

_PHRASES = Path(__file__).parent / "data" / "crisis.txt"
#: How much of a pasted text is read.
MOST_CHARACTERS = 2000
#: From how many letters a word is known with a typing error.
SHORTEST_SLIP = 6


def crisis_in(text: str) -> str:
    """The kind of danger that a text tells of, empty when there is none.

    >>> crisis_in("je veux en finir"), crisis_in("mourir de rire"), crisis_in("sui cide")
    ('suicide', '', 'suicide')
    """
    text = normalise(text[:MOST_CHARACTERS])
    read = list(tokens(text))
    said = f" {' '.join(_plainly(text, token) for token in read)} "
    found = {kind for kind, pattern in _phrases() if pattern.search(said)}
    words = [token.word for token in read]
    # A blank may have fallen anywhere in a word.
    joined = {one + two for one, two in pairwise(words)}
    found |= {_kind_of(word) for word in words}
    found |= {_single_words()[word] for word in joined if word in _single_words()}
    return next((kind for kind in KINDS if kind in found), "")


def is_crisis_word(word: str) -> bool:
    """Whether a folded word tells of danger by itself."""
    return bool(_kind_of(word))


def _plainly(text: str, token: AnalysedToken) -> str:
    """The word without the ways of haste, with the person that an apostrophe hides."""
    word = SHORT.get(token.word, token.word)
    hidden = text[token.begins : token.start].lower()
    for letter in "mst":
        if hidden.startswith(letter):
            return f"{letter}e {word}"
    return word


@cache
def _phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    kind = ""
    for line in _PHRASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            found.append((kind, re.compile(_pattern(line))))
    return tuple(found)


def _pattern(line: str) -> str:
    said, _mark, unless = line.partition("!")
    pattern = f"(?<= ){_slots(said)}"
    return f"{pattern}(?!{_slots(unless)})" if unless else pattern


def _slots(words: str) -> str:
    return "".join(map(_slot, words.split()))


def _slot(slot: str) -> str:
    if slot == "*":
        return "(?:[^ ]+ ){0,3}"
    if slot == "^":
        return "(?<=^ )"
    if slot.startswith("("):
        return f"(?:{_slot(slot[1:-1])})?"
    choices = (
        GROUPS[choice[1:]].split() if choice.startswith("$") else [choice]
        for choice in slot.split("|")
    )
    words = "|".join(word for choice in choices for word in choice)
    return f"(?:{words.replace('~', '[^ ]*')}) "


@cache
def _single_words() -> dict[str, str]:
    return {word: kind for kind, words in WORDS.items() for word in words.split()}


@cache
def _heard_words() -> dict[str, str]:
    return {
        phonetic_key(word): kind
        for word, kind in _single_words().items()
        if len(word) >= SHORTEST_SLIP
    }


def _kind_of(word: str) -> str:
    if word in _single_words():
        return _single_words()[word]
    if word in ORDINARY or len(word) < SHORTEST_SLIP - 1:
        return ""
    sound = phonetic_key(word)
    return (
        _heard_words().get(sound, "")
        or _near(word, _single_words())
        or _near(sound, _heard_words())
    )


def _near(word: str, known: dict[str, str]) -> str:
    """The kind of the word that one slip of the finger made this one of."""
    for other, kind in known.items():
        is_long = len(other) >= SHORTEST_SLIP and len(word) >= SHORTEST_SLIP - 1
        if is_long and OSA.distance(word, other, score_cutoff=1) <= 1:
            return kind
    return ""
