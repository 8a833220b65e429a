"""The invented action of the demonstration: what a sheet that somebody follows looks like."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from actions.models import (
    ActionFunder,
    ActionNote,
    ActionPage,
    ActionPartner,
    ActionStep,
    Indicator,
    IndicatorValue,
)
from home.demo.files import ContentEntry

_TEXTS = ("participation", "participation_text")
_DAYS = ("start", "planned_end", "review_on")
_LISTS = ("partners", "funders", "steps", "indicators", "notes")


def fill_example(action: ActionPage, facts: ContentEntry) -> None:
    """Give an action its invented life. Days count from today: it is always under way."""
    facts.expect([*_TEXTS, *_DAYS, *_LISTS])
    action.is_example = True
    for name in _TEXTS:
        setattr(action, name, facts[name])
    for name in _DAYS:
        setattr(action, name, _day(facts[name]))
    action.partners.set([ActionPartner(**one) for one in facts["partners"]])
    action.funders.set([ActionFunder(**one) for one in facts["funders"]])
    action.steps.set([_step(one) for one in facts["steps"]])
    action.indicators.set([_indicator(one) for one in facts["indicators"]])
    action.notes.set(
        [
            ActionNote(
                date=_day(one["in_days"]), title=one["title"], text=one["text"], is_public=True
            )
            for one in facts["notes"]
        ]
    )


def _step(step: ContentEntry) -> ActionStep:
    """What was due is done: an example is not late."""
    step.expect(["label", "in_days"])
    day = _day(step["in_days"])
    return ActionStep(label=step["label"], due_on=day, done_on=day if step["in_days"] < 0 else None)


def _indicator(indicator: ContentEntry) -> Indicator:
    numbers = ("baseline", "target")
    texts = ("label", "unit", "direction", "source")
    indicator.expect([*texts, *numbers, "target_in_days", "values"])
    facts: dict[str, Any] = {name: indicator[name] for name in texts}
    facts |= {name: Decimal(indicator[name]) for name in numbers}
    made = Indicator(**facts, target_on=_day(indicator["target_in_days"]))
    made.values.set(
        [
            IndicatorValue(
                date=_day(one["in_days"]),
                value=Decimal(one["value"]),
                comment=one.get("comment", ""),
            )
            for one in indicator["values"]
        ]
    )
    return made


def _day(in_days: int) -> date:
    return timezone.localdate() + timedelta(days=in_days)
