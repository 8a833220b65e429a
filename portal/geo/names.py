"""Normalisation of place names, whatever way a person writes them."""

import re

from portal.text.normalize import plain as plain

_CEDEX = re.compile(r"\bcedex\b( \d+)?")
_SAINT = re.compile(r"\b(st|ste)\b")
_ARTICLE = re.compile(r"^(l|le|la|les) ")
_ORDINAL = re.compile(r"\b0*(\d{1,2}) ?(?:er|re|e|eme|nd|nde)?(?: (?:arrondissement|arr|ardt))?$")


def fold(name: str) -> str:
    """Fold a place's name to a slug without accent, case, hyphen, article or CEDEX.

    >>> fold("St-Rémy de Provence"), fold("AIX EN PROVENCE CEDEX 1"), fold("Marseille 3ème")
    ('saint-remy-de-provence', 'aix-en-provence', 'marseille-3')
    """
    words = plain(name)
    if "cedex" in words:
        words = re.sub(r" +", " ", _CEDEX.sub(" ", words)).strip()
    words = _ARTICLE.sub("", words)
    words = _SAINT.sub(lambda match: {"st": "saint", "ste": "sainte"}[match[1]], words)
    words = _ORDINAL.sub(r"\1", words)
    return words.replace(" ", "-")


def short_commune_name(name: str) -> str:
    """The name of a commune without the word « Arrondissement ».

    >>> short_commune_name("Marseille 3e Arrondissement")
    'Marseille 3e'
    """
    return name.removesuffix(" Arrondissement")
