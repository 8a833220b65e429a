"""What is open, closed or not known on a day, asked of the library rule by rule.

The library knows seasons, weeks and days. Three things are settled here, that it takes otherwise:

- a night belongs to the day when it begins, and a day of closure does not cut the night before;
- what follows ``||`` holds where what comes before says closed;
- public holidays are those of the portal's department, of which it knows only the national ones.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

# The library's stub declares only the base class of its ParserError.
from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]

from resources.opening_hours.rule_parser import read_rules
from resources.opening_hours.rules import (
    DAY_MINUTES,
    DAYS,
    Joiner,
    Rule,
    RuleState,
    TimeRange,
)

_DAY = timedelta(days=1)
_STATES = {State.OPEN: RuleState.OPEN, State.UNKNOWN: RuleState.UNKNOWN}


class DaySpan(NamedTuple):
    """Minutes from the midnight that begins a day, over 24 hours in a night; never closed."""

    start: int
    end: int
    state: RuleState
    comment: str = ""


class DayKind(Enum):
    """Which holidays are minded on a day."""

    #: None: the usual week.
    USUAL = "usual"
    #: Those of the national calendar.
    DATED = "dated"
    #: The day is a holiday of the department, that the national calendar has not.
    LOCAL_HOLIDAY = "local"


@lru_cache(maxsize=2048)
def can_evaluate(text: str) -> bool:
    """Whether ``text`` says of any day what is open, closed or not known.

    School holidays are in no calendar that the portal has, and closures alone say nothing of the
    other days.
    """
    rules = read_rules(text)
    if rules is None or any(rule.school_holidays for rule in rules):
        return False
    if all(rule.is_exception for rule in rules):
        return False
    try:
        return bool([OpeningHours(text), *_groups(text, DayKind.USUAL)])
    except ParserError:
        return False


@lru_cache(maxsize=16_384)
def spans_of_day(text: str, day: date, kind: DayKind) -> tuple[DaySpan, ...]:
    """What begins on ``day`` by a text that ``can_evaluate`` accepts."""
    if len(groups := _groups(text, kind)) == 1:
        return _spans(*groups[0], day)
    # The first of these that does not say closed.
    return merge([span for group in groups for span in _spans(*group, day)])


def merge(spans: Iterable[DaySpan]) -> tuple[DaySpan, ...]:
    """Spans that do not overlap: where several do, the first given holds."""
    wanted = list(spans)
    merged: list[DaySpan] = []
    edges = sorted({edge for span in wanted for edge in (span.start, span.end)})
    for start, end in pairwise(edges):
        held = next((one for one in wanted if one.start <= start and end <= one.end), None)
        if held is None:
            continue
        last = merged[-1] if merged else None
        if last and last.end == start and last[2:] == held[2:]:
            merged[-1] = last._replace(end=end)
        else:
            merged.append(DaySpan(start, end, held.state, held.comment))
    return tuple(merged)


def _spans(
    rules: tuple[Rule, ...], by_day: OpeningHours | None, by_night: OpeningHours | None, day: date
) -> tuple[DaySpan, ...]:
    nights = (
        span._replace(start=span.start + DAY_MINUTES, end=span.end + DAY_MINUTES)
        for span in _ask(by_night, rules, day)
    )
    return merge([*_ask(by_day, rules, day), *nights])


def _ask(hours: OpeningHours | None, rules: tuple[Rule, ...], day: date) -> Iterator[DaySpan]:
    if hours is None:
        return
    midnight = datetime.combine(day, time())
    for since, until, state, rank in hours.intervals(midnight, midnight + _DAY):
        if state in _STATES:
            start, end = (int((one - midnight).total_seconds()) // 60 for one in (since, until))
            yield DaySpan(start, end, _STATES[state], rules[int(rank)].comment)


@lru_cache(maxsize=4096)
def _groups(
    text: str, kind: DayKind
) -> tuple[tuple[tuple[Rule, ...], OpeningHours | None, OpeningHours | None], ...]:
    """Rules between ``||``, and what the library is asked: of their days, of their nights."""
    groups: list[list[Rule]] = []
    for rule in read_rules(text) or ():
        if not groups or rule.joiner == Joiner.FALLBACK:
            groups.append([])
        groups[-1].append(rule)
    return tuple(
        (
            tuple(group),
            _compile((_day_rule(one) for one in group), kind),
            _compile((_night_rule(one) for one in group), kind) if _has_night(group) else None,
        )
        for group in groups
    )


def _has_night(group: list[Rule]) -> bool:
    return any(one.end > DAY_MINUTES for rule in group for one in rule.times)


class _Part(NamedTuple):
    """A rule with other times; ``unknown`` are those that have no end. None: nothing to say."""

    rule: Rule
    times: list[tuple[int, int]]
    unknown: list[tuple[int, int]]
    is_closed: bool = False


def _day_rule(rule: Rule) -> _Part:
    """The rule until midnight; after an end that is not sure, until midnight, nobody knows."""
    times = [(one.start, min(one.end, DAY_MINUTES)) for one in rule.times if one.end > one.start]
    unknown = [(one.end, DAY_MINUTES) for one in rule.times if _is_left_open(one)]
    return _Part(rule, times, unknown, rule.state == RuleState.CLOSED)


def _is_left_open(one: TimeRange) -> bool:
    return one.has_no_end and one.end < DAY_MINUTES


def _night_rule(rule: Rule) -> _Part | None:
    """The rule after midnight, as if it were still the same day."""
    times = [(0, one.end - DAY_MINUTES) for one in rule.times if one.end > DAY_MINUTES]
    if times:
        return _Part(rule, times, [], rule.state == RuleState.CLOSED)
    if rule.joiner == Joiner.ADDS or (rule.times and rule.state == RuleState.CLOSED):
        return None
    return _Part(rule, [], [], is_closed=True)


def _compile(parts: Iterable[_Part | None], kind: DayKind) -> OpeningHours | None:
    said: list[str] = []
    for rank, part in enumerate(parts):
        selector = None if part is None else _selector(part.rule, kind)
        if part is None or selector is None:
            continue
        joiner = Joiner.ADDS if part.rule.joiner == Joiner.ADDS else Joiner.REPLACES
        state = RuleState.CLOSED if part.is_closed else part.rule.state
        told = [(part.times, state)] if part.times or not part.unknown else []
        told += [(part.unknown, RuleState.UNKNOWN)] if part.unknown else []
        for times, what in told:
            words = filter(None, [selector, _clock(times), what.value, f'"{rank}"'])
            said += [joiner.value] * bool(said) + [" ".join(words)]
            joiner = Joiner.ADDS
    country = "FR" if kind == DayKind.DATED else None
    return (
        OpeningHours("".join(said), country=country, auto_country=False, auto_timezone=False)
        if said
        else None
    )


def _clock(times: list[tuple[int, int]]) -> str:
    return ",".join("-".join(f"{t // 60:02d}:{t % 60:02d}" for t in pair) for pair in times)


def _selector(rule: Rule, kind: DayKind) -> str | None:
    """Its dates, weeks and days; None when it speaks of holidays only and none is near."""
    days = [_day_words(one.first, one.last, one.nth) for one in rule.days]
    if rule.public_holidays:
        if kind == DayKind.LOCAL_HOLIDAY:
            days.append("Mo-Su")
        elif kind == DayKind.DATED:
            days.append("PH")
        elif not days:
            return None
    return " ".join(filter(None, [rule.selector, ",".join(days)]))


def _day_words(first: int, last: int, nth: tuple[int, ...]) -> str:
    days = DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
    return f"{days}[{','.join(map(str, nth))}]" if nth else days
