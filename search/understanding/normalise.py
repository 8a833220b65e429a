"""French as people type it on a phone, written so that it can be read: before anything else.

Apostrophes that are missing (« j ai », « jai », « detre »), the language of SMS, letters held down.
What is not recognised stays as it was typed.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

from portal.geo.tokenizer import joined_ordinals
from search.analysis import fold
from search.understanding.spelling import ordinary_words

_SHORT_FORMS = Path(__file__).parent / "data" / "short_forms.txt"

_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+"
)
_BLANKS = re.compile(r"\s+")
_APOSTROPHES = re.compile(r"(?<=[^\W\d_])[`´‘’ʼ′](?=[^\W\d_])")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
#: « j ai », « l estaque »: an elided letter that a blank has parted from its word.
_PARTED = re.compile(
    r"(?<![^\W_])([jlndmtsc]|qu|jusqu|lorsqu|puisqu) (?=[aeiouyhàâäéèêëîïôöûœ][^\W_])",
    re.IGNORECASE,
)
_HELD = re.compile(r"([^\W\d_])\1{2,}")
#: « 20lexomil », « 3boites »; neither « 1er » nor « 5e ».
_GLUED_NUMBER = re.compile(r"(?<![^\W_])(\d{1,3})(?=[^\W\d_]{4,}(?![^\W_]))")
_J_GLUED = re.compile(r"j[bcdfgjklmnpqrstvxz][^\W\d_]+")

#: What follows an elided letter that was glued to it, and is no other word of French with it.
_AFTER = {
    "j": """
        ai aime aimais aimerai aimerais aurai aurais avais avale ecoute entend entends espere
        etais etait etouffe existe habite irai irais oublie arrive arrete appelle avoue
        en envie essaie essaye attends attend accouche adore""",
    "n": "ai as est avait avais arrive arrivent aime ose existe avons avez etait etais ont en",
    "d": """
        etre avoir aller aide air alcool argent envie ecole eau elle ici un une amour angoisse
        arreter exister etouffer ecouter habitude hopital urgence adieu""",
    "l": """
        hopital ecole envie alcool argent aide ambulance amour eau enfant enfer avenir angoisse
        impression urgence homme""",
    "m": """
        aide aider aime aiment appelle arrive ecoute enferme enerve envoie etouffe etrangle
        insulte endormir en ennuie entend empeche humilie oblige agresse attend abandonne""",
    "s": "est en etait appelle enferme ennuie endort etouffe etrangle ouvre etrangler ouvrir il",
    "c": "est etait",
    "qu": "il ils elle elles on un une en est",
}
#: Words that look as if a letter had been glued to them.
_WHOLE = frozenset(("den", "men", "lair", "dair"))
_GLUED_TOO = {"jen": "j'en", "sen": "s'en", "sil": "s'il", "nen": "n'en"}
_GLUED_TOO |= {"nest": "n'est", "dune": "d'une", "dun": "d'un", "daller": "d'aller"}
#: After these, « pu » is the participle: « je n’ai pas pu dormir ».
_BEFORE_PU = "ai as a avons avez ont aurais aurait aurai avais avait pas jamais"
_HAVE = frozenset(_BEFORE_PU.split())


def clean_text(text: str) -> str:
    """The text without what nobody can see, nor blanks around it."""
    return _BLANKS.sub(" ", _UNSEEN.sub(" ", unicodedata.normalize("NFC", text))).strip()


def normalise(text: str) -> str:
    """The text in readable French, without what nobody can see; other languages stay as typed.

    >>> normalise("j ai envie d etre ailleurs"), normalise("jpp g tro mal")
    ("j'ai envie d'etre ailleurs", "j'en peux plus j'ai trop mal")
    >>> normalise("siquiatre a l estaque")
    "psychiatre a l'estaque"
    """
    cleaned = joined_ordinals(_APOSTROPHES.sub("'", clean_text(text)))
    cleaned = _GLUED_NUMBER.sub(r"\1 ", _PARTED.sub(r"\1'", cleaned))
    before = ""
    pieces: list[str] = []
    end = 0
    for match in _WORD.finditer(cleaned):
        written = _written(match.group(), before, cleaned[match.end() : match.end() + 2])
        pieces += [cleaned[end : match.start()], written]
        end, before = match.end(), match.group().lower()
    return "".join(pieces) + cleaned[end:]


def _written(typed: str, before: str, after: str) -> str:
    """The word as French writes it; itself when it is one, or is not known."""
    word = fold(typed)
    if "'" in word:
        head, _mark, tail = typed.partition("'")
        return f"{head}'{_written(tail, head.lower(), after)}"
    if _HELD.search(typed.lower()) and not word.startswith("www"):
        word = typed = _let_go(word)
    if word in ("g", "c"):
        return _sound_of_letter(word, typed, after)
    if word == "pu" and before in _HAVE:
        return typed
    if short := _short_forms().get(word):
        return short
    return _unglued(word) or typed


def _let_go(word: str) -> str:
    """« mouriiir », « marrrre »: once, or twice where French doubles the letter."""
    twice = _HELD.sub(r"\1\1", word)
    return twice if twice in ordinary_words() else _HELD.sub(r"\1", word)


def _sound_of_letter(word: str, typed: str, after: str) -> str:
    """« g mal », « c trop »: the sound of a letter, before a word."""
    if len(after) < 2 or after[0] != " " or not after[1].isalpha():
        return typed
    return "j'ai" if word == "g" else "c'est"


def _unglued(word: str) -> str:
    """« jai », « detre », « jpleure »: what was glued, parted; empty when nothing was."""
    if word in _GLUED_TOO:
        return _GLUED_TOO[word]
    for letters, known in _after().items():
        rest = word.removeprefix(letters)
        if rest != word and rest in known and word not in _WHOLE and len(word) > 2:
            return "" if word in ordinary_words() else f"{letters}'{rest}"
    if _J_GLUED.fullmatch(word) and any(vowel in word for vowel in "aeiouy"):
        rest = word[1:]
        return f"je {_short_forms().get(rest, rest)}"
    return ""


@cache
def _after() -> dict[str, frozenset[str]]:
    return {letters: frozenset(words.split()) for letters, words in _AFTER.items()}


@cache
def _short_forms() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _SHORT_FORMS.read_text(encoding="utf-8").splitlines():
        written, mark, french = line.partition("=")
        if mark and not line.startswith("#"):
            found |= dict.fromkeys(written.split(), french.strip())
    return found
