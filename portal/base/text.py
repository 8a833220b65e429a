"""Normalisation of text for comparison: accents, capitals and signs do not count."""

import re
import unicodedata
from itertools import filterfalse

_OTHER = re.compile(r"[^a-z0-9]+")


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
