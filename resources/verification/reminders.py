"""Verification requests and reminders: one message a day and address, two reminders, then none.

A run may be killed anywhere: what is asked of an address and the message that asks it are
written together or not at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import ngettext

from portal.jobs.locks import exclusive_lock
from portal.jobs.registry import stop_asked
from portal.mail.models import OutgoingMessage
from resources.editor_choices import RequestState
from resources.models import Referent, ResourcePage, VerificationRequest
from resources.moderation.pending import pending_entries
from resources.verification.messages import KIND, send_message
from resources.verification.schedule import entries_to_ask, get_recipients, is_due, is_verifiable
from resources.verification.tokens import VALID_FOR, get_recipient_address, is_valid_recipient

REMINDERS = 2
BETWEEN_REMINDERS = timedelta(days=10)
HALF_A_MINUTE = timedelta(seconds=30)
#: A message stays light, and a person answers a short list; the others come the next day.
MOST_IN_A_MESSAGE = 8


@dataclass
class ReminderMessage:
    """The requests and reminders that one address receives today, as one message."""

    address: str
    asks: list[tuple[ResourcePage, Referent | None]] = field(default_factory=list)
    reminders: list[VerificationRequest] = field(default_factory=list)


def send_due_requests() -> str | None:
    """Send what is due, for half a minute at most; the next run sends the rest.

    Gives a French sentence for the report of the job, or None when nothing was sent.
    """
    with exclusive_lock("verification") as is_ours:
        return _run(timezone.now()) if is_ours else None


def _run(now: datetime) -> str | None:
    cancel_moot_requests(now)
    expire_requests(now)
    begun, written = timezone.now(), 0
    for message in _collect_messages(now):
        if stop_asked() or timezone.now() - begun > HALF_A_MINUTE:
            break
        if not was_messaged_today(message.address, now):
            written += _send(message, now)
    if not written:
        return None
    return ngettext("%d structure interrogée.", "%d structures interrogées.", written) % written


def cancel_moot_requests(now: datetime) -> None:
    """Cancel requests whose entry closed or was verified, or whose person left or moved."""
    today = timezone.localdate(now)
    waiting = VerificationRequest.objects.waiting().select_related("entry", "referent")
    moot = [one.pk for one in waiting if not _still_matters(one, today)]
    VerificationRequest.objects.filter(pk__in=moot).end(RequestState.CANCELLED)


def _still_matters(request: VerificationRequest, today: date) -> bool:
    entry = request.entry
    return is_verifiable(entry) and is_due(entry, today) and is_valid_recipient(request)


def expire_requests(now: datetime) -> None:
    """Expire requests older than ``VALID_FOR``; their entries go to the call list."""
    VerificationRequest.objects.filter(sent_at__lte=now - VALID_FOR).end(RequestState.EXPIRED)


def was_messaged_today(address: str, now: datetime) -> bool:
    today = OutgoingMessage.objects.written_on_the_day_of(now, KIND)
    return today.filter(address__iexact=address).exists()


def _collect_messages(now: datetime) -> Iterable[ReminderMessage]:
    messages: dict[str, ReminderMessage] = {}
    late = VerificationRequest.objects.to_remind(now).filter(reminders__lt=REMINDERS)
    # Nobody is asked to confirm a fact whose change they are waiting for.
    late = late.exclude(entry__in=pending_entries().order_by().values("pk"))
    for request in late.select_related("entry", "referent").order_by("sent_at"):
        _message_for(messages, request.address).reminders.append(request)
    for entry in entries_to_ask(timezone.localdate(now)):
        for person in get_recipients(entry):
            _message_for(messages, get_recipient_address(entry, person)).asks.append(
                (entry, person)
            )
    return messages.values()


def _message_for(messages: dict[str, ReminderMessage], address: str) -> ReminderMessage:
    return messages.setdefault(address.strip().casefold(), ReminderMessage(address.strip()))


def _send(message: ReminderMessage, now: datetime) -> bool:
    reminders = message.reminders[:MOST_IN_A_MESSAGE]
    asks = message.asks[: MOST_IN_A_MESSAGE - len(reminders)]
    try:
        with transaction.atomic():
            reminders = [one for one in reminders if _record_reminder(one, now)]
            asked = [create_request(entry, person, now) for entry, person in asks]
            if reminders or asked:
                send_message(message.address, [*reminders, *asked], is_reminder=not asked)
    except IntegrityError:
        return False  # another process has just asked the same
    return True


def _record_reminder(request: VerificationRequest, now: datetime) -> bool:
    """False when it was answered in the meantime."""
    same = VerificationRequest.objects.waiting().filter(pk=request.pk, reminders=request.reminders)
    following = now + BETWEEN_REMINDERS
    return bool(same.update(reminders=F("reminders") + 1, next_step_at=following))


def create_request(
    entry: ResourcePage, person: Referent | None, now: datetime
) -> VerificationRequest:
    return VerificationRequest.objects.create(
        entry=entry,
        referent=person,
        address=get_recipient_address(entry, person),
        sent_at=now,
        next_step_at=now + BETWEEN_REMINDERS,
    )
