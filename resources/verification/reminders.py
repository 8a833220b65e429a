"""Asking by mail what is due: one message a day for each address, two reminders, then silence.

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

from portal.jobs.locks import one_at_a_time
from portal.jobs.registry import stop_asked
from portal.mail.models import OutgoingMessage
from resources.models import Referent, ResourcePage, VerificationRequest
from resources.verification.messages import KIND, write_to
from resources.verification.schedule import is_due, is_tended, to_ask, who_to_ask
from resources.verification.tokens import VALID_FOR, address_of, is_for_the_right_person

REMINDERS = 2
BETWEEN_REMINDERS = timedelta(days=10)
HALF_A_MINUTE = timedelta(seconds=30)
#: A message stays light, and a person answers a short list; the others come the next day.
MOST_IN_A_MESSAGE = 8

State = VerificationRequest.State


@dataclass
class Letter:
    """What one address is to be told today."""

    address: str
    asks: list[tuple[ResourcePage, Referent | None]] = field(default_factory=list)
    reminders: list[VerificationRequest] = field(default_factory=list)


def ask_structures() -> str | None:
    """What the job does; half a minute at most, the rest at the next turn."""
    with one_at_a_time("verification") as is_ours:
        return _round(timezone.now()) if is_ours else None


def _round(now: datetime) -> str | None:
    withdraw_what_is_moot(now)
    let_expire(now)
    begun, written = timezone.now(), 0
    for letter in _letters(now):
        if stop_asked() or timezone.now() - begun > HALF_A_MINUTE:
            break
        if not was_written_to_today(letter.address, now):
            written += _send(letter, now)
    if not written:
        return None
    return ngettext("%d structure interrogée.", "%d structures interrogées.", written) % written


def withdraw_what_is_moot(now: datetime) -> None:
    """The entry closed or was verified in another way; the person left or changed address."""
    today = timezone.localdate(now)
    waiting = VerificationRequest.objects.waiting().select_related("entry", "referent")
    moot = [one.pk for one in waiting if not _still_matters(one, today)]
    VerificationRequest.objects.filter(pk__in=moot).end(State.CANCELLED)


def _still_matters(request: VerificationRequest, today: date) -> bool:
    entry = request.entry
    return is_tended(entry) and is_due(entry, today) and is_for_the_right_person(request)


def let_expire(now: datetime) -> None:
    """Nobody is asked more than that: the coordinator calls."""
    VerificationRequest.objects.filter(sent_at__lte=now - VALID_FOR).end(State.EXPIRED)


def was_written_to_today(address: str, now: datetime) -> bool:
    today = OutgoingMessage.objects.written_on_the_day_of(now, KIND)
    return today.filter(address__iexact=address).exists()


def _letters(now: datetime) -> Iterable[Letter]:
    letters: dict[str, Letter] = {}
    late = VerificationRequest.objects.to_remind(now).filter(reminders__lt=REMINDERS)
    for request in late.select_related("entry", "referent").order_by("sent_at"):
        _letter_to(letters, request.address).reminders.append(request)
    for entry in to_ask(timezone.localdate(now)):
        for person in who_to_ask(entry):
            _letter_to(letters, address_of(entry, person)).asks.append((entry, person))
    return letters.values()


def _letter_to(letters: dict[str, Letter], address: str) -> Letter:
    return letters.setdefault(address.strip().casefold(), Letter(address.strip()))


def _send(letter: Letter, now: datetime) -> bool:
    reminders = letter.reminders[:MOST_IN_A_MESSAGE]
    asks = letter.asks[: MOST_IN_A_MESSAGE - len(reminders)]
    try:
        with transaction.atomic():
            reminders = [one for one in reminders if _note_reminder(one, now)]
            asked = [new_request(entry, person, now) for entry, person in asks]
            if reminders or asked:
                write_to(letter.address, [*reminders, *asked], is_reminder=not asked)
    except IntegrityError:
        return False  # another process has just asked the same
    return True


def _note_reminder(request: VerificationRequest, now: datetime) -> bool:
    """False when it was answered in the meantime."""
    same = VerificationRequest.objects.waiting().filter(pk=request.pk, reminders=request.reminders)
    following = now + BETWEEN_REMINDERS
    return bool(same.update(reminders=F("reminders") + 1, next_step_at=following))


def new_request(entry: ResourcePage, person: Referent | None, now: datetime) -> VerificationRequest:
    return VerificationRequest.objects.create(
        entry=entry,
        referent=person,
        address=address_of(entry, person),
        sent_at=now,
        next_step_at=now + BETWEEN_REMINDERS,
    )
