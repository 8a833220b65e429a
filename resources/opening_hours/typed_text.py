"""Opening hours as they are typed or pasted, made into the text that is stored."""

import re

from resources.opening_hours.rule_parser import read_rules
from resources.opening_hours.rules import DAYS

_QUOTES = re.compile(r"[«“„]\s*([^«»“”„\"]*?)\s*[»”“]")
_OUTSIDE_QUOTES = re.compile(r'("[^"]*")')
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_DAY = f"(?:{'|'.join(DAYS)})"
_SPACED_DAYS = re.compile(rf"\b({_DAY})\s*-\s*({_DAY})\b", re.IGNORECASE)
_EMPTY_RULES = re.compile(r"(?:\s*;)+\s*(?=;|$)|^\s*(?:;\s*)+")
#: Words alone, that say how to be received.
_WORDS = re.compile(
    r"[^\d\"]*(?:rendez[ -]?vous|\brdv\b|t[ée]l[ée]phon|\bappel)[^\d\"]*", re.IGNORECASE
)


def tidy_hours(text: str) -> str:
    """The same hours, without what word processors put in them; words alone become a comment.

    What could not be read then is given back as it was typed.

    >>> tidy_hours("Mo – Fr 09:00–12:00 ;"), tidy_hours("sur rendez-vous")
    ('Mo-Fr 09:00-12:00', '"sur rendez-vous"')
    """
    parts = _OUTSIDE_QUOTES.split(_QUOTES.sub(r'"\1"', text))
    parts[::2] = [_SPACED_DAYS.sub(r"\1-\2", _DASHES.sub("-", part)) for part in parts[::2]]
    tidied = _EMPTY_RULES.sub("", "".join(parts)).strip()
    if read_rules(tidied) is None and _WORDS.fullmatch(tidied):
        tidied = f'"{tidied.rstrip(". ")}"'
    return tidied if read_rules(tidied) else text
