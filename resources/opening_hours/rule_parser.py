"""Opening hours read as rules (``rules.Rule``).

The syntax is that of OpenStreetMap (wiki.openstreetmap.org/wiki/Key:opening_hours/specification).
The library ``opening_hours`` knows when a rule holds, but shows neither its parts nor what it
guesses: it takes a rule that has only a comment for « open », and ends at midnight what has no end.
Here the rules are taken apart: ``evaluation`` asks it day by day, ``rule_wording`` says them.
"""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date
from functools import lru_cache

from resources.opening_hours.rules import (
    DAY_MINUTES,
    DAYS,
    MONTHS,
    DateRange,
    DayRange,
    Joiner,
    Rule,
    RuleState,
    TimeRange,
    WeekRange,
)

_NTH_OF_MONTH = frozenset({1, 2, 3, 4, 5, -1, -2})
_LEAP_YEAR = 2024

_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_TIME = r"\d{1,2}:\d{2}"
_NTH = r"\[\s*-?\d(?:\s*-\s*\d)?(?:\s*,\s*-?\d(?:\s*-\s*\d)?)*\s*\]"
_DAY_ITEM = rf"(?:{_DAY}(?:\s*-\s*{_DAY})?(?:{_NTH})?|PH|SH)(?![A-Za-z])"
_TIME_ITEM = rf"{_TIME}(?:\s*-\s*{_TIME}\+?|\+)"
_DATE_ITEM = (
    rf"(?:\d{{4}}\s+)?{_MONTH}(?:\s+\d{{1,2}}(?!\d|:\d))?"
    rf"(?:\s*-\s*(?:\d{{4}}\s+)?(?:{_MONTH}(?:\s+\d{{1,2}}(?!\d|:\d))?|\d{{1,2}}(?!\d|:\d)))?"
)
_WEEK_ITEM = r"\d{1,2}(?:\s*-\s*\d{1,2}(?:\s*/\s*\d{1,2})?)?"


def _several(item: str) -> str:
    return rf"{item}(?:\s*,\s*{item})*"


_RULE = re.compile(
    rf"""\s*
    (?:(?P<years>\d{{4}}(?:\s*-\s*\d{{4}})?)(?=\s|:|$)(?!\s+{_MONTH})\s*)?
    (?:(?P<dates>{_several(_DATE_ITEM)})(?![A-Za-z]|\s*\+)\s*)?
    (?:week\s*(?P<weeks>{_several(_WEEK_ITEM)})(?!\d|:)\s*)?
    (?::\s*)?
    (?P<always>24/7\s*)?
    (?:(?P<vacation>SH)\s+(?={_DAY}))?
    (?:(?P<days>{_several(_DAY_ITEM)})\s*)?
    (?:(?P<times>{_several(_TIME_ITEM)})(?![\d:/+-])\s*)?
    (?:(?P<state>open|off|closed|unknown)(?![A-Za-z])\s*)?
    (?:"(?P<comment>[^"]*)"\s*)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BY_APPOINTMENT = re.compile(r"rendez[ -]?vous|\brdv\b", re.IGNORECASE)
_JOINER = re.compile(r"\s*(\|\||;|,)\s*")
_DATE_PARTS = re.compile(
    rf"(?:(?P<year>\d{{4}})\s+)?(?P<month>{_MONTH})(?:\s+(?P<day>\d+))?"
    rf"(?:\s*-\s*(?:(?P<last_year>\d{{4}})\s+)?(?P<last_month>{_MONTH})?\s*(?P<last_day>\d+)?)?",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def read_rules(text: str) -> tuple[Rule, ...] | None:
    """The rules of ``text``; None when a part of it is not one of those read here."""
    rules: list[Rule] = []
    joiner, position = Joiner.REPLACES, 0
    text = text.strip()
    while position < len(text):
        found = _RULE.match(text, position)
        if found is None or not found.group().strip():
            return None
        try:
            rules.append(replace(_read_rule(found), joiner=joiner))
        except ValueError:
            return None
        position = found.end()
        if position == len(text):
            break
        joined = _JOINER.match(text, position)
        if joined is None:
            return None
        joiner = {";": Joiner.REPLACES, ",": Joiner.ADDS, "||": Joiner.FALLBACK}[joined[1]]
        position = joined.end()
    return tuple(rules) or None


def _read_rule(found: re.Match[str]) -> Rule:
    comment = (found["comment"] or "").strip()
    weeks = f"week {found['weeks']}" if found["weeks"] else ""
    dates = tuple(_read_dates(one) for one in _split(found["dates"]))
    dated = ",".join(map(_date_selector, dates, _split(found["dates"])))
    selector = " ".join(filter(None, [found["years"], dated, weeks]))
    names = [name.strip().capitalize() for name in _split(found["days"], outside_brackets=True)]
    times = tuple(_read_time(one) for one in _split(found["times"]))
    says_state = (found["state"] or "").lower()
    if found["always"] and (found["days"] or times):
        raise ValueError(found.group())
    return Rule(
        selector=" ".join(selector.split()),
        dates=dates,
        years=_read_years(found["years"]),
        weeks=tuple(_read_week(one) for one in _split(found["weeks"])),
        days=tuple(_read_days(name) for name in names if name not in ("Ph", "Sh")),
        public_holidays="Ph" in names,
        school_holidays="Sh" in names or bool(found["vacation"]),
        times=times,
        is_always=bool(found["always"]),
        state=_state(says_state, bool(times or found["always"]), not times, comment),
        comment=comment,
    )


def _state(word: str, has_times: bool, is_whole_day: bool, comment: str) -> RuleState:
    if word in ("off", "closed"):
        return RuleState.CLOSED
    # « 24/7 "sur rendez-vous" » is no door that is always open.
    if word == "unknown" or (is_whole_day and _BY_APPOINTMENT.search(comment)):
        return RuleState.UNKNOWN
    # A comment instead of hours says how to ask, not that the door is open.
    is_only_words = bool(comment) and not has_times and word != "open"
    return RuleState.UNKNOWN if is_only_words else RuleState.OPEN


def _split(text: str | None, outside_brackets: bool = False) -> list[str]:
    pattern = r",(?![^\[]*\])" if outside_brackets else ","
    return [one.strip() for one in re.split(pattern, text or "") if one.strip()]


def _read_time(text: str) -> TimeRange:
    start_text, _dash, end_text = text.rstrip("+").partition("-")
    start = _minutes(start_text)
    if start >= DAY_MINUTES:
        raise ValueError(text)
    if not end_text:
        return TimeRange(start, start, has_no_end=True)
    end = _minutes(end_text)
    if end > 2 * DAY_MINUTES:
        raise ValueError(text)
    return TimeRange(start, end if end > start else end + DAY_MINUTES, text.endswith("+"))


def _minutes(text: str) -> int:
    hours, minutes = (int(part) for part in text.split(":"))
    if minutes > 59:
        raise ValueError(text)
    return 60 * hours + minutes


def _read_days(text: str) -> DayRange:
    names, _bracket, numbers = text.partition("[")
    first, _dash, last = names.partition("-")
    nth: list[int] = []
    for one in _split(numbers.rstrip("] ")):
        low, _dash, high = one.lstrip("-").partition("-")
        sign = -1 if one.startswith("-") else 1
        nth += [sign * number for number in range(int(low), int(high or low) + 1)]
    ranks = [DAYS.index(name.strip().capitalize()) for name in (first, last or first)]
    if not _NTH_OF_MONTH.issuperset(nth) or (nth and ranks[0] != ranks[1]):
        raise ValueError(text)
    return DayRange(ranks[0], ranks[1], tuple(nth))


def _read_dates(text: str) -> DateRange:
    found = _DATE_PARTS.fullmatch(text)
    if found is None:
        raise ValueError(text)
    month = MONTHS.index(found["month"].capitalize()) + 1
    last_month = MONTHS.index((found["last_month"] or found["month"]).capitalize()) + 1
    day = int(found["day"] or 0)
    is_range = found["last_month"] or found["last_day"]
    last_day = int(found["last_day"] or 0) if is_range else day
    if bool(day) != bool(last_day):
        raise ValueError(text)
    year = int(found["year"] or 0)
    # « 2026 Dec 24-Jan 2 » ends in the next year.
    is_over = year and (last_month, last_day) < (month, day)
    last_year = int(found["last_year"] or year + bool(is_over))
    date(year or _LEAP_YEAR, month, day or 1)  # there may be no such day
    date(last_year or _LEAP_YEAR, last_month, last_day or 1)
    return DateRange(year, month, day, last_year, last_month, last_day)


def _date_selector(one: DateRange, text: str) -> str:
    """The dates as the library is asked: it takes « 2026 Oct-Mar » for two parts of 2026."""
    if one.day or one.last_year == one.year:
        return text
    last_day = monthrange(one.last_year, one.last_month)[1]
    first = f"{one.year} {MONTHS[one.month - 1]} 1"
    return f"{first}-{one.last_year} {MONTHS[one.last_month - 1]} {last_day}"


def _read_years(text: str | None) -> tuple[int, int] | None:
    if not text:
        return None
    years = [int(year) for year in text.split("-")]
    return years[0], years[-1]


def _read_week(text: str) -> WeekRange:
    weeks, _slash, step = text.partition("/")
    first, _dash, last = weeks.partition("-")
    return WeekRange(int(first), int(last or first), int(step or 1))
