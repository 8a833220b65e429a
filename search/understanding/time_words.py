"""Numbers of years, months, days or hours in a question: they say when, and name nothing."""

import re

_SAID_UNITS = """
    an ans annee annees piges balais mois semaine semaines jour jours journee journees nuit nuits
    heure heures h minute minutes min mn seconde secondes weekend weekends
"""
_UNITS = frozenset(_SAID_UNITS.split())
_SAID_NUMBERS = """
    deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt
    vingts trente quarante cinquante soixante cent cents quelques plusieurs dizaine vingtaine
    trentaine quinzaine
"""
_NUMBERS = frozenset(_SAID_NUMBERS.split())
_TOGETHER = re.compile(r"\d{1,3}(?:ans?|mois|jours?|semaines?|heures?|minutes?|h|min|mn)\d{0,2}")
#: Between the numbers: « vingt et un ans », « 2 à 3 mois », « deux ou trois semaines ».
_LINKS = frozenset(("et", "a", "ou", "de", "d", "un", "une"))
_HALF = frozenset(("demi", "demie", "passes", "passees"))
_FURTHEST = 5


def time_words(words: list[str]) -> frozenset[int]:
    """Where the words of ages and durations stand, among folded words.

    >>> sorted(time_words("mon pere de 78 ans depuis deux ou trois mois".split()))
    [3, 4, 6, 7, 8, 9]
    >>> time_words("hopital de jour 13005".split())
    frozenset()
    """
    found: set[int] = set()
    for index, word in enumerate(words):
        if _TOGETHER.fullmatch(word):
            found.add(index)
        elif word in _UNITS:
            first = _first_of_number(words, index)
            if first < index:
                found.update(range(first, index + 1))
                found.update(_half_after(words, index + 1))
    return frozenset(found)


def _first_of_number(words: list[str], end: int) -> int:
    """Where the number that ends before ``end`` begins; ``end`` when there is none."""
    first = end
    for index in range(end - 1, max(end - 1 - _FURTHEST, -1), -1):
        word = words[index]
        if word in _NUMBERS or (word.isdecimal() and len(word) <= 3):
            first = index
        elif word not in _LINKS:
            break
    return first


def _half_after(words: list[str], index: int) -> set[int]:
    """« 2 ans et demi »."""
    said = words[index : index + 2]
    return {index, index + 1} if said[:1] == ["et"] and not _HALF.isdisjoint(said[1:]) else set()
