"""Codes of psychiatric sectors in a question: « 13G05 », « 13 I 02 »."""

import re

from search.source_registry import sector_keys
from search.understanding.phrases import PhraseMatch, PhraseMeaning
from search.understanding.tokenize import QueryText
from search.understanding.type_phrases import FOR_WHOM

#: The department, « G » (general psychiatry, of adults) or « I » (infanto-juvenile), the number.
_CODE = re.compile(r"(?<![^ ])(\d{2,3}|2[ab]) ?([gi]) ?(\d{2})(?![^ ])")
_TYPES = {"g": "CMP", "i": "CMPEA"}
#: What may be said before a code, and tells no more.
_SECTOR = frozenset(("secteur", "secteurs", "intersecteur", "code"))
#: More than any phrase: its digits name no department.
_WEIGHT = 3


def sector_codes(question: QueryText, language: str) -> list[PhraseMatch]:
    """The codes that a question says, each with the type of CMP that it is and the CMPs of it."""
    words = question.words
    said = " ".join(words)
    found = []
    for match in _CODE.finditer(said):
        first = said[: match.start()].count(" ")
        last = first + match.group().count(" ")
        first -= first > 0 and words[first - 1] in _SECTOR
        kind = _TYPES[match[2]]
        meaning = PhraseMeaning(
            types=(kind,),
            implied=FOR_WHOM.get(kind, ""),
            promoted=sector_keys("".join(match.groups()).upper(), language),
        )
        found.append(PhraseMatch(meaning, tuple(range(first, last + 1)), _WEIGHT))
    return found
