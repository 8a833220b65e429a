"""Ages in a question: those said of a person, never how long something has lasted.

« Mon fils de 12 ans » and « j’ai 17 ans » are ages. « Depuis 12 ans », « il y a 3 ans », « 5 ans de
thérapie » and « tous les deux ans » are durations; « à 15 ans » and « j’avais 8 ans » are the past.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from search.analysis import fold
from search.understanding.tokenize import QueryText

OLDEST_CHILD, OLDEST_TEENAGER, YOUNGEST_SENIOR = 10, 17, 65
_OLDEST, _OLDEST_IN_MONTHS = 115, 36
#: « Plus de 60 ans » is how services for the elderly speak of those they receive.
_SENIORS_FROM = 60

_UNITS = {"an": 1, "ans": 1, "piges": 1, "balais": 1, "mois": 12}
_NAMES = """
    un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize
"""
_WRITTEN = {name: number for number, name in enumerate(_NAMES.split(), start=1)}
_WRITTEN |= {"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50}
_WRITTEN |= {"soixante": 60, "cent": 100}
_MOST_WRITTEN = 5
_TOGETHER = re.compile(r"(\d{1,3})(ans?|mois)")

_PERSON = (
    r"\b(?:ados?|adolescente?|adulte|ainee?|amie?|bebe|cadet(?:te)?|compagn[eo]n?|conjointe?|"
    r"copain|copine|cousine?|eleve|enfants?|epou[sx]e?|etudiante?|femme|fil(?:le(?:tte)?s?|s)|"
    r"freres?|gamine?|garcons?|gosse|homme|jeunes?|jume\w+|madame|maman|mamie|mari|mec|mere|"
    r"mineure?|monsieur|neveu|niece|nourrisson|oncle|papa|pap[iy]|patiente?|pere|personne|"
    r"residente?|senior|soeurs?|tante|usagere?|vieux|dame)"
)
_ABOUT = (
    r"(?: (?:environ|bientot|deja|presque|quasi\w*|a peu pres|a peine|au moins|au plus|pres de|"
    r"plus de|moins de|bien|bien plus de|genre|que|seulement|quelques?|les|ces|maintenant))*"
)
_LASTING = re.compile(
    r"(?:^|[ '])(?:depuis|pendant|durant|y a|y avait|fait|dans|apres|avant|bout de|voila|voici|"
    r"tou(?:s|tes)|chaque|encore|passee?|suivie?s?|dernieres?|derniers|premi\w+|prochain\w*|"
    rf"dure\w*|duree de|en|date de|remonte a){_ABOUT}$"
)
_PAST = re.compile(r"\b(?:avais|avait|avaient|avions|l'age de|l age de)$")
_AGED = re.compile(rf"(?:{_PERSON}(?: [\w-]+)? de|(?<!l')\bagee?s? de|\bagee?s?){_ABOUT}$")
_HAD = re.compile(
    rf"(?:\bj'?ai|\bavoir|(?:\b(?:il|elle|qui|on)|{_PERSON})(?: [\w'-]+){{0,3}} (?:a|ont|aura))"
    rf"{_ABOUT}$"
)
_BARE = re.compile(rf"{_PERSON}$")
_BOUND = re.compile(r"\b(moins|plus) de$")
_RANGE = re.compile(r"\b(\d{1,2})(?: ans)? ?(?:[-/–]|a|et)$")
_OF = re.compile(r"d(?:e\b|')")
_LASTED = re.compile(r"(?:d(?:e\b|')|qu(?:e\b|')|plus tard|apres|avant|durant|auparavant|passes)")


@dataclass(frozen=True, slots=True)
class AgeGuess:
    """A public told by an age, and the words that say it.

    ``is_certain``: it is said of a person, so that places for others may be left out.
    """

    public: str = ""
    indices: frozenset[int] = frozenset()
    is_certain: bool = False


def age_said(question: QueryText, names_care: Callable[[int], bool]) -> AgeGuess:
    """The first age in the question; empty when every number of years is a duration.

    ``names_care`` tells whether the word at an index names a place or profession, after which a
    bare age is that of the person (« psy 15 ans »).
    """
    for first, last, years in _numbers_of_years(question.words):
        guess = _guess(question, first, last, years, names_care)
        if guess.public:
            return guess
    return AgeGuess()


def public_of(age: float) -> str:
    """The public of an age in years."""
    if age < OLDEST_CHILD + 1:
        return "enfants"
    if age < OLDEST_TEENAGER + 1:
        return "adolescents"
    return "personnes_agees" if age >= YOUNGEST_SENIOR else "adultes"


def _guess(
    question: QueryText,
    first: int,
    last: int,
    years: float,
    names_care: Callable[[int], bool],
) -> AgeGuess:
    tokens, words = question.tokens, question.words
    before = fold(question.text[: tokens[first].begins]).rstrip(" ,:(")
    after = fold(question.text[tokens[last].end :]).lstrip()
    span = frozenset(range(first, last + 1))
    if _LASTING.search(before):
        return AgeGuess()
    if _is_of_somebody(before, after):
        return AgeGuess(public_of(years), span, is_certain=True)
    if around := _public_around(before, years):
        return AgeGuess(around, span)
    if _PAST.search(before) or _LASTED.match(after) or words[last].endswith("mois"):
        return AgeGuess()
    is_alone = not before and not after
    if is_alone or (first and names_care(first - 1)):
        return AgeGuess(public_of(years), span, is_certain=True)
    # « Anorexie 14 ans »: probably an age, though it may have lasted as long.
    public = public_of(years)
    is_telling = public in ("adolescents", "personnes_agees")
    is_telling = is_telling and not before.endswith((" de", " a")) and before != "a"
    return AgeGuess(public, span) if is_telling else AgeGuess()


def _is_of_somebody(before: str, after: str) -> bool:
    """« Mon fils de 12 ans », « j’ai 17 ans »; not « j’ai 5 ans de thérapie »."""
    if _AGED.search(before):
        return True
    said = _HAD.search(before) or _BARE.search(before)
    return bool(said) and not _PAST.search(before) and not _OF.match(after)


def _public_around(before: str, years: float) -> str:
    """« Moins de 18 ans », « 12-25 ans »: no one age, so that nobody is left out."""
    if is_range := _RANGE.search(before):
        return public_of(int(is_range[1]))
    if bound := _BOUND.search(before):
        return _public_of_bound(bound[1], years)
    return ""


def _public_of_bound(bound: str, years: float) -> str:
    """« Moins de 18 ans » is a minor, « plus de 18 ans » an adult."""
    if bound == "moins":
        return public_of(years - 1)
    return "personnes_agees" if years >= _SENIORS_FROM else public_of(years)


def _numbers_of_years(words: list[str]) -> list[tuple[int, int, float]]:
    """First word, last word and years of each « 12 ans », « 12ans », « douze ans », « 6 mois »."""
    found = []
    for index, word in enumerate(words):
        if together := _TOGETHER.fullmatch(word):
            found.append((index, index, int(together[1]) / _UNITS[together[2]]))
        elif word in _UNITS and index:
            first, number = _number_before(words, index)
            if 0 < number <= (_OLDEST_IN_MONTHS if word == "mois" else _OLDEST):
                found.append((first, index, number / _UNITS[word]))
    return found


def _number_before(words: list[str], end: int) -> tuple[int, int]:
    """Where the number that ends before ``end`` begins, and what it is worth; 0 for none."""
    if words[end - 1].isdecimal() and len(words[end - 1]) <= 3:
        return end - 1, int(words[end - 1])
    first = end
    while first and end - first < _MOST_WRITTEN and words[first - 1] in (*_WRITTEN, "et"):
        first -= 1
    while first < end and words[first] == "et":
        first += 1
    total = 0
    for word in words[first:end]:
        number = _WRITTEN.get(word, 0)
        total = 80 if (total, number) == (4, 20) else total + number
    return first, total
