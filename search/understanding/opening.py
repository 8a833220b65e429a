"""Days and hours in a question: « ouvert samedi », « cmp le soir », « le mercredi après-midi ».

They narrow only when they are said of a place that opens: beside a word of opening, or with
nothing else but the type of place and where it is. « Mon fils crie la nuit », « depuis samedi » and
« samedi dernier » tell something else.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from search.opening_slots import DAYS, PARTS, slots_of
from search.understanding.tokenize import QueryText

_DAYS = {
    "lu": ("lundi|lundis|monday", _("lundi")),
    "ma": ("mardi|mardis|tuesday", _("mardi")),
    "me": ("mercredi|mercredis|mercredit|wednesday", _("mercredi")),
    "je": ("jeudi|jeudis|thursday", _("jeudi")),
    "ve": ("vendredi|vendredis|friday", _("vendredi")),
    "sa": ("samedi|samedis|samdi|saturday", _("samedi")),
    "di": ("dimanche|dimanches|dimenche|sunday", _("dimanche")),
}
_EVENING = ("18h", "19h", "20h")
#: Of one day, or of any: the words, the parts of a day, and what it is called alone or after a day.
_PARTS = {
    "matin": (
        r"matins?|matinees?|mornings?", ("matin",), _("le matin"), _("matin")),
    "midi": (
        r"midis?|entre midi et (?:deux|2)|pause (?:dejeuner|repas|midi)",
        ("midi",), _("à midi"), _("midi")),
    "apres-midi": (
        r"apres midis?|aprem|apresmidi|afternoons?",
        ("apresmidi", "17h"), _("l’après-midi"), _("après-midi")),
    "apres-17h": (
        r"apres (?:17 ?h(?:eures)?|(?:l )?ecole|les cours|le college|le lycee)",
        ("17h", *_EVENING), _("après 17 h"), _("après 17 h")),
    "apres-18h": (
        r"apres (?:18 ?h(?:eures)?|(?:mon |le |son )?(?:travail|boulot|taf|job))",
        _EVENING, _("après 18 h"), _("après 18 h")),
    "apres-19h": (
        r"apres 19 ?h(?:eures)?", ("19h", "20h"), _("après 19 h"), _("après 19 h")),
    "apres-20h": (
        r"apres 2[01] ?h(?:eures)?", ("20h",), _("après 20 h"), _("après 20 h")),
    "soir": (
        r"(?:tard (?:le )?)?soirs?|soirees?|evenings?|tard", _EVENING, _("le soir"), _("soir")),
    "nuit": (
        r"nuits?|24 ?h(?:eures)? (?:sur )?24(?: ?h(?:eures)?)?|24 24|24h24|jour et nuit|night",
        ("nuit",), _("la nuit"), _("nuit")),
}  # fmt: skip
_WEEKEND = r"week ?ends?|weekends?|wk|fin de semaine"
_OFF_HOURS = (
    r"(?:hors|en dehors des?|outside) (?:les )?(?:heures|horaires) (?:de |du )?(?:bureau|travail)"
)
_DAY = "|".join(words for words, _label in _DAYS.values())
_PART = "|".join(f"(?:{words})" for words, *_rest in _PARTS.values())
_LEAD = r"(?:(?:le|la|les|l|du|au|a|en|un|une|tous les|toute la|ce|et|ou|on|in the|at) )*"
_SLOT = re.compile(
    rf"(?<![^ ]){_LEAD}(?:(?P<day>{_DAY})(?: (?:le |la |l |en )?(?P<of_day>{_PART}))?"
    rf"|(?P<weekend>{_WEEKEND})|(?P<off>{_OFF_HOURS})|(?P<part>{_PART}))(?![^ ])"
)
#: What opens, and what a place does when it is open; the first are no words to look for.
_OPEN = r"ouvert\w*|ouvr\w+|ouverture|open|horaires?"
_OFFERS = (
    r"consult\w+|rdv|rendez vous|permanences?|dispo\w*|creneaux?|seances?|joignables?|recoi\w+|"
    r"accueil\w*|appointments?"
)
_BEFORE = re.compile(rf"(?:^| )(?:{_OPEN}|{_OFFERS})(?: [^ ]+){{0,3}} $")
_AFTER = re.compile(rf"^(?: [^ ]+){{0,2}} (?:{_OPEN}|{_OFFERS})(?![^ ])")
_OPENS = re.compile(rf"(?:{_OPEN})")
_ELSEWHEN_BEFORE = re.compile(
    r"(?:^| )(?:depuis|hier|avant|jusqu a|jusqu au|jusque|pendant|toute|fin) $"
)
_ELSEWHEN_AFTER = re.compile(r"^ (?:dernier|derniere|passe|passee)s?(?![^ ])")
_HAS_ONE = re.compile(r"(?:^| )(?:ai|avais|mon|pris) (?:deja |eu )?(?:un )?(?:rdv|rendez vous) ")
#: « Du lundi au vendredi » is the week of nearly every place.
_RANGE = re.compile(rf"(?<![^ ])(?:{_DAY}) (?:a|au) (?:{_DAY})(?![^ ])")


@dataclass(frozen=True, slots=True)
class OpeningGuess:
    """Slots of the week that a question asks, their words and what they are called.

    ``is_told``: words of opening stand beside; else it is asked only when nothing else is said.
    """

    code: str
    label: str
    slots: tuple[str, ...]
    indices: frozenset[int]
    is_told: bool


def openings_in(question: QueryText) -> list[OpeningGuess]:
    """The days and hours that a question may ask, from its first word to its last.

    >>> [guess.code for guess in openings_in(QueryText("cmp ouvert le samedi matin"))]
    ['sa-matin']
    >>> openings_in(QueryText("mal depuis samedi")), openings_in(QueryText("samedi dernier"))
    ([], [])
    """
    said = _RANGE.sub(lambda one: "-" * len(one.group()), " ".join(question.words))
    starts = _starts(question.words)
    found: list[OpeningGuess] = []
    for match in _SLOT.finditer(said):
        before, after = said[: match.start()], said[match.end() :]
        if _ELSEWHEN_BEFORE.search(before) or _ELSEWHEN_AFTER.search(after):
            continue
        # « Ouvert le samedi et le dimanche »: what tells of the first tells of the next.
        last = max(found[-1].indices) if found and found[-1].is_told else None
        is_told = bool(_BEFORE.search(before) or _AFTER.search(after))
        is_told = is_told or (last is not None and last + 1 == starts[match.start()])
        is_told = is_told and not _HAS_ONE.search(before)
        indices = frozenset(
            rank for at, rank in starts.items() if match.start() <= at < match.end()
        )
        found.append(_guess(match, indices, is_told))
    return found


def opening_words(question: QueryText) -> frozenset[int]:
    """Where the words stand that say that a place is open, and nothing to look for."""
    return frozenset(rank for rank, word in enumerate(question.words) if _OPENS.fullmatch(word))


def _starts(words: list[str]) -> dict[int, int]:
    """Where each word begins in the words joined by blanks."""
    starts, position = {}, 0
    for rank, word in enumerate(words):
        starts[position] = rank
        position += len(word) + 1
    return starts


def _guess(match: re.Match[str], indices: frozenset[int], is_told: bool) -> OpeningGuess:
    if match["weekend"]:
        return OpeningGuess(
            "weekend", str(_("ouvert le week-end")), slots_of(("sa", "di")), indices, is_told
        )
    if match["off"]:
        slots = (*slots_of(parts=_EVENING), *slots_of(("sa", "di")))
        label = str(_("ouvert le soir ou le week-end"))
        return OpeningGuess("hors-bureau", label, tuple(dict.fromkeys(slots)), indices, is_told)
    day, part = _day_of(match["day"] or ""), _part_of(match["of_day"] or match["part"] or "")
    slots = slots_of((day,) if day else DAYS, _PARTS[part][1] if part else tuple(PARTS))
    code = "-".join(filter(None, [day, part]))
    return OpeningGuess(code, _label(day, part), slots, indices, is_told)


def _day_of(word: str) -> str:
    return next((code for code, (words, _label) in _DAYS.items() if word in words.split("|")), "")


def _part_of(words: str) -> str:
    return next((code for code, one in _PARTS.items() if words and re.fullmatch(one[0], words)), "")


def _label(day: str, part: str) -> str:
    if day and part:
        words = {"day": _DAYS[day][1], "part": _PARTS[part][3]}
        return str(_("ouvert le %(day)s %(part)s")) % words
    if day:
        return str(_("ouvert le %(day)s")) % {"day": _DAYS[day][1]}
    return str(_("ouvert %(part)s")) % {"part": _PARTS[part][2]}
