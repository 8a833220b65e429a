"""Lateness is computed from dates, in Python and in the database alike."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

import pytest

from actions.choices import ActionStatus
from actions.models import ActionPage, ActionStep
from actions.roadmap.models import ActionIndexPage
from tests.factories.actions import ActionPageFactory


def day(offset: int) -> Any:
    return timezone.localdate() + timedelta(days=offset)


@pytest.mark.parametrize(
    ("fields", "steps", "late"),
    [
        ({"status": ActionStatus.RUNNING}, [], False),
        ({"status": ActionStatus.RUNNING, "planned_end": day(1)}, [], False),
        ({"status": ActionStatus.RUNNING, "planned_end": day(0)}, [], False),
        ({"status": ActionStatus.RUNNING, "planned_end": day(-1)}, [], True),
        ({"status": ActionStatus.UPCOMING, "planned_end": day(-1)}, [], True),
        ({"status": ActionStatus.PAUSED, "planned_end": day(-1)}, [], True),
        ({"status": ActionStatus.DONE, "planned_end": day(-1)}, [], False),
        ({"status": ActionStatus.DROPPED, "planned_end": day(-1)}, [], False),
        ({"status": ActionStatus.PROPOSED, "planned_end": day(-1)}, [], False),
        ({"status": ActionStatus.RUNNING}, [{"due_on": day(-1)}], True),
        ({"status": ActionStatus.RUNNING}, [{"due_on": day(-9), "done_on": day(-1)}], False),
        ({"status": ActionStatus.RUNNING}, [{"due_on": day(1)}, {"period": "printemps"}], False),
        ({"status": ActionStatus.PROPOSED}, [{"due_on": day(-1)}], False),
    ],
)
def test_an_action_is_late_when_a_promised_date_is_past(
    roadmap: ActionIndexPage, fields: dict, steps: list[dict], late: bool
) -> None:
    action = ActionPageFactory(parent=roadmap, status_reason="Une raison.", **fields)
    action.steps = [ActionStep(label="Étape", **step) for step in steps]
    action.save()
    action = ActionPage.objects.get(pk=action.pk)
    assert action.is_late is late
    assert ActionPage.objects.late().exists() is late
    assert ActionPage.objects.progress_summary().late == int(late)


@pytest.mark.parametrize("status", [ActionStatus.PAUSED, ActionStatus.DROPPED])
def test_pausing_or_dropping_an_action_asks_for_a_public_reason(
    roadmap: ActionIndexPage, status: str
) -> None:
    action = ActionPageFactory(parent=roadmap)
    action.status, action.status_reason = status, "  "
    with pytest.raises(ValidationError) as error:
        action.full_clean()
    assert "Dites pourquoi" in str(error.value.message_dict["status_reason"])
    action.status_reason = "Le financement est attendu."
    action.full_clean()


def test_two_actions_cannot_share_a_reference(roadmap: ActionIndexPage) -> None:
    ActionPageFactory(parent=roadmap, reference="3.2")
    with pytest.raises(ValidationError, match="porte déjà cette référence"):
        ActionPageFactory(parent=roadmap, reference=" 3.2 ")


def test_an_end_before_the_start_is_refused(roadmap: ActionIndexPage) -> None:
    with pytest.raises(ValidationError, match="La fin prévue vient avant le début"):
        ActionPageFactory(parent=roadmap, start=day(0), planned_end=day(-1))


def test_references_are_ordered_as_numbers(roadmap: ActionIndexPage) -> None:
    for reference in ("3.10", "3.2", "T.1", "1.1"):
        ActionPageFactory(parent=roadmap, reference=reference)
    in_order = ActionPage.objects.in_order().values_list("reference", flat=True)
    assert list(in_order) == ["1.1", "3.2", "3.10", "T.1"]
