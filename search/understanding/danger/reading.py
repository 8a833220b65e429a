"""A text as rules and model read it: plain words, each with its verb and its classes."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from search.analysis import AnalysedToken, fold, tokens
from search.understanding.danger.lemmas import lemmas
from search.understanding.danger.words import CLASSES
from search.understanding.normalise import normalise

#: How much of a pasted text is read.
MOST_CHARACTERS = 2000
_EMOJI = {
    "💊": "cachets",
    "🔪": "couteau",
    "🔫": "pistolet",
    "🩸": "sang",
    "⚰": "cercueil",
    "😭": "pleure",
    "😢": "pleure",
    "😂": "mdr",
    "🤣": "mdr",
    "💀": "mdr",
}
_EMOJI_SIGNS = re.compile("|".join(_EMOJI))
#: Ways of haste that only matter here; in a search they may mean something else.
_HASTE = {
    "envi": "envie",
    "envies": "envie",
    "vi": "vie",
    "mor": "mort",
    "mourrir": "mourir",
    "mourire": "mourir",
    "mourrire": "mourir",
    "mourri": "mourir",
    "morir": "mourir",
    "mourrer": "mourir",
    "suprimer": "supprimer",
    "disparetre": "disparaitre",
    "disparaitr": "disparaitre",
    "disparaite": "disparaitre",
    "vivr": "vivre",
    "finire": "finir",
    "finnir": "finir",
    "krever": "crever",
    "kreve": "creve",
    "pendr": "pendre",
    "pandre": "pendre",
    "fout": "foutre",
    "foutr": "foutre",
    "o": "au",
    "batu": "battu",
    "batue": "battue",
    "secourt": "secours",
}
#: « on ma frappée », « il sest pendu »: what the missing apostrophe hid.
_SUBJECTS = frozenset(["il", "elle", "on", "ils", "elles", "qui", "tu", "ca"])
_HIDDEN = {"ma": ("me", "a"), "mas": ("me", "as"), "mont": ("me", "ont"), "sa": ("se", "a")}
_CASED = frozenset("mst")


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A folded word, with the verb it is a form of (or nothing), and its classes."""

    word: str
    lemma: str = ""
    classes: tuple[str, ...] = ()


def read_words(text: str) -> list[ReadWord]:
    """The words of a text, in order, apostrophes and haste mended; at most 2,000 characters.

    >>> [read.word for read in read_words("jme sui fait frapé, on ma dit 💊")]
    ['je', 'me', 'suis', 'fait', 'frape', 'on', 'me', 'a', 'dit', 'cachets']
    """
    shown = _EMOJI_SIGNS.sub(lambda sign: f" {_EMOJI[sign.group()]} ", text[:MOST_CHARACTERS])
    written = normalise(shown)
    found: list[str] = []
    for token in tokens(written):
        found += _plainly(written, token, found[-1] if found else "")
    return [read_word(word) for word in found]


def _plainly(text: str, token: AnalysedToken, before: str) -> tuple[str, ...]:
    """The word, with the person that an apostrophe hides."""
    word = _HASTE.get(token.word, token.word)
    if before in _SUBJECTS and word in _HIDDEN:
        return _HIDDEN[word]
    letter = text[token.begins : token.start].lower()[:1]
    if letter in _CASED and letter:
        return f"{letter}e", word
    return (word,)


@lru_cache(maxsize=20_000)
def read_word(word: str) -> ReadWord:
    """A folded word with its verb and classes."""
    return ReadWord(word, lemmas().get(word, ""), _classes().get(word, ()))


def verbs() -> frozenset[str]:
    """The verbs of the classes of words, with their accents."""
    marked = (word for words in CLASSES.values() for word in words.split())
    return frozenset(word[1:] for word in marked if word.startswith("="))


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    """The classes of each folded word, verbs in all their forms."""
    found: dict[str, list[str]] = {}
    verbs: dict[str, list[str]] = {}
    for name, words in CLASSES.items():
        for word in words.split():
            if word.startswith("="):
                verbs.setdefault(word[1:], []).append(name)
            else:
                found.setdefault(word, []).append(name)
    folded = {fold(verb): names for verb, names in verbs.items()}
    for form, lemma in lemmas().items():
        found.setdefault(form, []).extend(folded.get(lemma, ()))
    return {word: tuple(dict.fromkeys(names)) for word, names in found.items()}
