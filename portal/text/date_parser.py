"""Dates and hours as people type them in French, or paste them from a calendar."""

import re
import unicodedata
from datetime import date, time
from functools import cache

from django.utils import translation
from django.utils.dates import MONTHS, WEEKDAYS

from portal.text.normalize import plain

#: Languages whose names of months and days are read.
_LANGUAGES = ("fr", "en")
_WEEKDAY = r"(?:le\s+)?(?:(?P<weekday>[^\W\d_]+)\.?,?\s+)?(?:le\s+)?"
_YEAR = r"(?P<year>\d{4}|\d{2})(?!\d)"
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})\s*(?P<sign>[/.\s-])\s*(?P<month>\d{{1,2}})"
    rf"\s*(?P=sign)\s*{_YEAR}"
)
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?P<sign>[/.-])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})"
)
#: « 3-févr-27 » and « 3-févr.-27 » are how Excel shows a day in France.
_IN_WORDS = re.compile(
    rf"{_WEEKDAY}(?:(?P<day>\d{{1,2}})(?:\s?er|\s?°)?|(?P<first>premier))[\s-]\s*"
    rf"(?P<word>[^\W\d_]+)\.?,?[\s-]\s*{_YEAR}"
)
_HOUR = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*(?:h|heures?)\s*(?P<minute>\d{1,2})?(?:\s*min)?"
    r"|[:.](?P<minute2>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?)|(?P<noon>midi)"
)
#: Longer dashes, that word processors put for a hyphen.
_DASHES = re.compile("[\u2010-\u2015\u2212]")
#: A slip or a two-digit year that something filled with zeros comes before it.
OLDEST_YEAR = 1900
#: What may stand between a day and its hour.
_BETWEEN = re.compile(r"\s*(?:,|\bà|\ba|(?<=\d)t(?=\d)|\s|-)\s*")


def parse_date_and_time(text: str) -> tuple[date | None, time | None]:
    """The day and the hour that a text says, each ``None`` when it says none or says it badly.

    Read are « 15/10/2026 », « 15/10/26 », « jeudi 15 octobre 2026 », « 1er déc. 2026 »,
    « 2026-10-15 »; « 9h », « 9 h 30 », « 09:30 »; a day then an hour, with or without « à ».
    Nothing is guessed: a day without its year, the 31st of a short month, a year of another age
    (« 0026 ») or words around make the whole text unread.
    """
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip(" \t\r\n,;.").lower()
    for pattern in (_YEAR_FIRST, _DAY_FIRST, _IN_WORDS):
        if found := pattern.match(text):
            day = _day(**found.groupdict())
            if day is None:
                break
            if found.end() == len(text):
                return day, None
            between = _BETWEEN.match(text, found.end())
            hour = _hour(text[between.end() :]) if between else None
            return (day, hour) if hour else (None, None)
    return None, _hour(re.sub(r"^à\s+", "", text))


def _day(
    year: str,
    day: str | None,
    month: str = "",
    word: str = "",
    weekday: str | None = None,
    first: str | None = None,
    sign: str = "",
) -> date | None:
    number = int(month) if month else _month(word)
    # As C and Excel read two digits: 69 to 99 are of the last century.
    full = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 69 else 1900)
    try:
        read = date(full, number or 0, 1 if first else int(day or 0))
    except ValueError:
        return None
    if full < OLDEST_YEAR or (weekday and not _is_weekday(weekday, read)):
        return None
    return read


def _hour(text: str) -> time | None:
    found = _HOUR.fullmatch(text.strip())
    if found is None:
        return None
    if found["noon"]:
        return time(12)
    minute = found["minute"] or found["minute2"] or 0
    try:
        return time(int(found["hour"]), int(minute), int(found["second"] or 0))
    except ValueError:
        return None


def _month(word: str) -> int | None:
    """The only month whose name begins so: « sept » is September, « jui » may be June or July."""
    short = plain(word)
    found = {number for name, number in _names()[0] if len(short) > 2 and name.startswith(short)}
    found |= {7} if short == "juil" else set()
    return found.pop() if len(found) == 1 else None


def _is_weekday(word: str, day: date) -> bool:
    """« lundi 15 octobre 2026 », a Thursday, is a slip: of the name or of the number."""
    short = plain(word)
    names = _names()[1]
    return any(day.weekday() == number and name.startswith(short) for name, number in names)


@cache
def _names() -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    months: list[tuple[str, int]] = []
    days: list[tuple[str, int]] = []
    for language in _LANGUAGES:
        with translation.override(language):
            months += [(plain(str(name)), number) for number, name in MONTHS.items()]
            days += [(plain(str(name)), number) for number, name in WEEKDAYS.items()]
    return months, days
