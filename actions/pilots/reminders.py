"""The round that asks pilots, and the question that the coordinator asks at once."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from actions.models import ActionPage, Pilot, PilotRequest
from actions.pilots.links import is_relevant
from actions.pilots.messages import KIND, send_message
from actions.pilots.schedule import get_followed, get_pilots_to_ask
from portal.reminders.choices import RequestState
from portal.reminders.rounds import BETWEEN_REMINDERS, MOST_IN_A_MESSAGE, ReminderRound


class PilotRound(ReminderRound):
    name = "pilots"
    kind = KIND
    requests = PilotRequest.objects

    def select(self, requests: Any) -> Any:
        return requests.select_related("pilot", "action")

    def is_relevant(self, request: PilotRequest, today: date) -> bool:
        return is_relevant(request)

    def get_asks(self, now: datetime) -> Iterable[tuple[str, tuple[Pilot, ActionPage]]]:
        for pilot, action in get_pilots_to_ask(timezone.localdate(now)):
            yield pilot.email, (pilot, action)

    def create(self, ask: tuple[Pilot, ActionPage], now: datetime) -> PilotRequest:
        return create_request(*ask, now)

    def send_message(self, address: str, requests: list[Any], *, is_reminder: bool) -> None:
        send_message(address, requests, is_reminder=is_reminder)


PILOTS = PilotRound()


def send_due_requests() -> str | None:
    """Send what is due; gives a French sentence for the report of the job, None for nothing."""
    written = PILOTS.run()
    if not written:
        return None
    return ngettext("%d pilote interrogé.", "%d pilotes interrogés.", written) % written


def create_request(pilot: Pilot, action: ActionPage, now: datetime) -> PilotRequest:
    return PilotRequest.objects.create(
        pilot=pilot,
        action=action,
        address=pilot.email,
        sent_at=now,
        next_step_at=now + BETWEEN_REMINDERS,
    )


@transaction.atomic
def ask_now(pilot: Pilot) -> int:
    """Ask a pilot about all their actions, in one message with new links; how many are asked.

    Zero when they lead nothing that is followed, or have had a message today.
    """
    now = timezone.now()
    pilot = Pilot.objects.select_for_update().get(pk=pilot.pk)
    actions = get_followed(pilot)
    if not (pilot.is_active and actions) or PILOTS.was_messaged_today(pilot.email, now):
        return 0
    asked = actions[:MOST_IN_A_MESSAGE]
    PilotRequest.objects.filter(pilot=pilot, action__in=asked).end(RequestState.EXPIRED)
    requests = [create_request(pilot, action, now) for action in asked]
    send_message(pilot.email, requests, is_reminder=False)
    return len(requests)


@transaction.atomic
def resend_request(request: PilotRequest) -> None:
    """A new link, to whom the old one went and nobody else; one message a day, as always."""
    now = timezone.now()
    pilot = Pilot.objects.select_for_update().get(pk=request.pilot_id)
    if not is_relevant(request) or PILOTS.was_messaged_today(pilot.email, now):
        return
    same = PilotRequest.objects.filter(pilot=pilot, action=request.action)
    same.end(RequestState.EXPIRED)
    send_message(pilot.email, [create_request(pilot, request.action, now)], is_reminder=False)
