"""Normalisation of text for comparison: accents, capitals and signs do not count."""

import re
import unicodedata
from itertools import filterfalse

_OTHER = re.compile(r"[^a-z0-9]+")
_BEFORE_SIGN = re.compile(r" (?=[:;?!»])")
_AFTER_QUOTE = re.compile(r"(?<=«) ")
_NO_BREAK = "\u00a0"


def plain(text: str) -> str:
    """The text in lower-case letters and digits, without accents; anything else is a blank.

    >>> plain("L’Haÿ-les-Roses"), plain("Œuilly")
    ('l hay les roses', 'oeuilly')
    """
    text = text.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("œ", "oe"))
        text = "".join(filterfalse(unicodedata.combining, text))
    return _OTHER.sub(" ", text).strip()


def bind_signs(text: str) -> str:
    """The text with no-break spaces where French has them, so that no sign begins a line.

    >>> bind_signs("Appelez : « ouvert » ?") == "Appelez\\u00a0: «\\u00a0ouvert\\u00a0»\\u00a0?"
    True
    """
    return _AFTER_QUOTE.sub(_NO_BREAK, _BEFORE_SIGN.sub(_NO_BREAK, text))
