"""The parts of a usual week when a place is known to be open, for the search."""

from datetime import date, timedelta
from functools import lru_cache

from resources.opening_hours.evaluation import DayKind, can_evaluate, spans_of_day
from resources.opening_hours.rule_parser import read_rules
from resources.opening_hours.rules import Rule, RuleState
from search.opening_slots import DAYS, slots_open, unknown_slots

#: A Monday; closures of a season are seen from several weeks of its year.
_MONDAY = date(2024, 1, 1)
_WEEKS = range(0, 52, 4)


@lru_cache(maxsize=4096)
def weekly_slots(text: str) -> tuple[str, ...]:
    """The codes of ``search.opening_slots`` that hold in a usual week, closures aside.

    Days of which nothing sure is known (« sur rendez-vous ») have their own code; all of them have,
    without hours, or when these change with the season.

    >>> weekly_slots("Sa 09:00-12:00"), len(weekly_slots(""))
    (('sa-matin',), 7)
    """
    if not can_evaluate(text):
        return unknown_slots(())
    rules = read_rules(text) or ()
    if not all(rule.is_every_week or _is_dated_closure(rule) for rule in rules):
        return unknown_slots(())
    weeks = _WEEKS if any(_is_dated_closure(rule) for rule in rules) else _WEEKS[:1]
    opened: dict[int, list[tuple[int, int]]] = {}
    unsaid: list[str] = []
    for week in weeks:
        for rank in range(7):
            day = _MONDAY + timedelta(days=7 * week + rank)
            for span in spans_of_day(text, day, DayKind.USUAL):
                if span.state == RuleState.OPEN:
                    opened.setdefault(rank, []).append((span.start, span.end))
                else:
                    slots = slots_open({rank: [(span.start, span.end)]})
                    unsaid += [code for code in slots if code.startswith(DAYS[rank])]
    found = slots_open(opened)
    left = [code for code in unsaid if code not in found]
    return (*found, *(unknown_slots(left) if left else ()))


def _is_dated_closure(rule: Rule) -> bool:
    return rule.state == RuleState.CLOSED and not rule.is_every_week
