"""French text analysis, the same for every engine: from a text to its compared words.

Words, lower case, elision, no accent, stop words, stems: in this order, so that a reader who
types no accent gets the same stems. A search server declares the same chain (its own
``lowercase``, ``elision``, ``asciifolding``, ``stop`` and ``snowball`` filters) from
``ELISIONS`` and ``STOP_WORDS``.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import Stemmer

_ELIDED = "l d j m t s n c qu jusqu lorsqu puisqu quoiqu"
_STOP_WORDS = """
a ai ainsi alors as au aucun aucune aujourdhui aussi autre autres aux avais avait avec avez
avoir avons c ca car ce ceci cela celle celles celui ces cet cette ceux chez comme comment d
dans de depuis des donc du elle elles en entre es est et etaient etais etait etant etes eu eux
il ils j je jusqu l la le les leur leurs lors lorsqu lui m ma mais me meme memes mes moi mon n
ne ni nos notre nous on ont or ou par parce pas pendant peu plus pour pourquoi puis puisqu qu
quand que quel quelle quelles quels qui quoi quoiqu s sa se selon sera serait ses si soi soit
sommes son sont sous suis sur t ta te tes toi ton tout toute toutes tous tres tu un une vers
voici voila vos votre vous y
"""

#: What an apostrophe joins to the next word, and that says nothing.
ELISIONS = frozenset(_ELIDED.split())

#: Words that every text holds. Those that matter to somebody who suffers stay searchable:
#: « seul », « mal », « sans », « non », « trop », « rien », « jamais », « mal-être ».
STOP_WORDS = frozenset(_STOP_WORDS.split())

LONGEST_WORD = 64

# A letter may carry marks of its own (decomposed accents, Arabic vowels) and invisible signs.
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_APOSTROPHE = "['\u2019\u2018\u02bc\u0060\u00b4]"
_WORD = re.compile(
    rf"aujourd{_APOSTROPHE}hui"
    # « C.M.P. » is « CMP ».
    r"|(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"
    rf"|[^\W_](?:[^\W_]|[{_MARKS}])*",
    re.IGNORECASE,
)
_AFTER_ELISION = re.compile(rf"{_APOSTROPHE}(?=[^\W_])")

# What compatibility decomposition leaves whole.
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | dict.fromkeys("\u2019\u2018\u02bc\u00b4", "'")
)

_stemmers = threading.local()


@dataclass(frozen=True, slots=True)
class AnalysedToken:
    """A word of a text: as it is compared, and where it stands in the text as written.

    ``start`` leaves an elided article out, ``begins`` takes it in.
    """

    word: str
    start: int
    end: int
    begins: int


def fold(text: str) -> str:
    """The text in lower case, without accents, ligatures, control or invisible characters.

    >>> fold("Œuvre d’Été\\u202e")
    "oeuvre d'ete"
    """
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    kept = []
    for character in decomposed:
        category = unicodedata.category(character)
        if category == "Cc":
            kept.append(" ")
        elif category not in ("Mn", "Cf", "Cs"):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LETTERS)


def tokens(text: str) -> Iterator[AnalysedToken]:
    """The words of a text, stop words included, with where each stands.

    >>> [(token.word, token.start, token.end) for token in tokens("Près d’Aix")]
    [('pres', 0, 4), ('aix', 7, 10)]
    """
    elided: int | None = None
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = _fold_word(match.group())
        if word in ELISIONS and _AFTER_ELISION.match(text, end):
            elided = start if elided is None else elided
            continue
        if word:
            yield AnalysedToken(word, start, end, start if elided is None else elided)
        elided = None


def words(text: str) -> list[str]:
    """The words of a text, folded, without elision, stop words included.

    >>> words("L’hôpital de jour d'Aix, c'est où ?")
    ['hopital', 'de', 'jour', 'aix', 'est', 'ou']
    >>> words("C.M.P. 13005"), words("\\x00 🙂")
    (['cmp', '13005'], [])
    """
    return [token.word for token in tokens(text)]


def stem(word: str) -> str:
    """The stem of a word, accents and case aside.

    >>> stem("Psychologues") == stem("psychologue"), stem("élèves") == stem("eleve")
    (True, True)
    """
    return _stemmer().stemWord(_fold_word(word))


def stems(text: str) -> list[str]:
    """The stems of a text, without its stop words: what engines store and compare.

    >>> stems("Les hôpitaux de jour") == stems("hopitaux jours")
    True
    """
    return _stemmer().stemWords([word for word in words(text) if word not in STOP_WORDS])


def _fold_word(word: str) -> str:
    if word.isascii():
        folded = word.lower()
        return folded[:LONGEST_WORD] if folded.isalnum() else _only_alphanumeric(folded)
    return _only_alphanumeric(fold(word))


def _only_alphanumeric(folded: str) -> str:
    return "".join(filter(str.isalnum, folded))[:LONGEST_WORD]


def _stemmer() -> Stemmer.Stemmer:
    """One by thread: a stemmer cannot be shared."""
    if not hasattr(_stemmers, "french"):
        _stemmers.french = Stemmer.Stemmer("french")
    return _stemmers.french
