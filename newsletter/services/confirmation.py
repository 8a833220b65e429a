"""Confirmation of a subscription by its link: one use, three days."""

from enum import Enum

from django.db import transaction
from django.utils import timezone

from newsletter.confirmation_tokens import ConfirmationRequest, read_confirmation
from newsletter.models import Delivery, Movement, Subscriber, Suppression
from portal.mail.addresses import hash_of


class ConfirmationOutcome(Enum):
    """What a link of confirmation turns out to be."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    ALREADY = "already"
    TOO_OLD = "too old"
    #: Asked again, left, or erased since: the link was true once.
    PAST = "past"
    #: Cut by a mail program, made up, or signed for another purpose.
    BROKEN = "broken"


def check_confirmation(signed: str) -> ConfirmationOutcome:
    """What a link is good for; nothing changes."""
    request = read_confirmation(signed)
    return _judge(request) if request else ConfirmationOutcome.BROKEN


@transaction.atomic
def confirm(signed: str) -> ConfirmationOutcome:
    """Subscribe whom the link names; of two clicks at once, one does it and both are thanked."""
    request = read_confirmation(signed)
    if request is None:
        return ConfirmationOutcome.BROKEN
    answer = _judge(request)
    if answer is not ConfirmationOutcome.WAITING:
        return answer
    waiting = Subscriber.objects.filter(
        uuid=request.uuid, state=Subscriber.State.PENDING, nonce=request.nonce
    )
    now = timezone.now()
    if not waiting.update(state=Subscriber.State.ACTIVE, nonce="", confirmed_at=now, left_at=None):
        return _judge(request)
    welcome(Subscriber.objects.get(uuid=request.uuid))
    return ConfirmationOutcome.CONFIRMED


def welcome(subscriber: Subscriber) -> None:
    """What follows when somebody has just become active: they want to be written to."""
    Suppression.objects.filter(address_hash=hash_of(subscriber.email_key)).delete()
    Movement.objects.count_one(Movement.Kind.JOINED)
    waiting = Delivery.objects.filter(
        subscriber=subscriber, kind=Delivery.Kind.CONFIRM, state=Delivery.State.WAITING
    )
    waiting.update(state=Delivery.State.CANCELLED, finished_at=timezone.now())


def _judge(request: ConfirmationRequest) -> ConfirmationOutcome:
    subscriber = Subscriber.objects.filter(uuid=request.uuid).first()
    if subscriber is None:
        return ConfirmationOutcome.TOO_OLD if request.is_too_old else ConfirmationOutcome.PAST
    if subscriber.is_active:
        return ConfirmationOutcome.ALREADY
    if request.is_too_old:
        return ConfirmationOutcome.TOO_OLD
    is_this_one = subscriber.state == Subscriber.State.PENDING and request.nonce
    return (
        ConfirmationOutcome.WAITING
        if is_this_one and subscriber.nonce == request.nonce
        else ConfirmationOutcome.PAST
    )
