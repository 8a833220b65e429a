"""Write how far an action is: state, steps, figures and a sentence of its journal, at once."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from actions.models import ActionNote, ActionPage, IndicatorValue


def record_progress(
    action: ActionPage,
    *,
    status: str,
    status_reason: str,
    steps: Mapping[UUID, date | None],
    sentence: str,
    is_public: bool,
    values: Mapping[UUID, Decimal] | None = None,
    told_on: date | None = None,
) -> None:
    """Put what somebody told into ``action``, in memory; its caller keeps or publishes it.

    ``steps`` gives the day on which each was done, None for one that is not, and ``values`` the
    figure of each indicator; both by translation key, and what they do not name stays as it is.
    ``told_on`` is the day of the figures and of the note, today when it is not said.
    """
    day = told_on or timezone.localdate()
    action.status, action.status_reason = status, status_reason
    rows = list(action.steps.all())
    for step in rows:
        step.done_on = steps.get(step.translation_key, step.done_on)
    action.steps.set(rows)
    if values:
        _record_values(action, values, day)
    if sentence.strip():
        action.notes.add(
            ActionNote(title=sentence.strip(), date=day, is_public=is_public, locale=action.locale)
        )


def _record_values(action: ActionPage, values: Mapping[UUID, Decimal], day: date) -> None:
    """A second figure of the same day replaces the first one."""
    indicators = list(action.indicators.all())
    for indicator in indicators:
        if indicator.translation_key not in values:
            continue
        others = [one for one in indicator.values.all() if one.date != day]
        told = IndicatorValue(date=day, value=values[indicator.translation_key])
        indicator.values.set([*others, told])
    action.indicators.set(indicators)
