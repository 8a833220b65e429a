"""State of a delivery after an attempt, a bounce or a complaint, and what follows for the person.

Everything here may be told twice and in any order: a service that repeats itself, or a
bounce that comes before its message is marked, ends in the same state.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from newsletter.models import Delivery, Subscriber
from newsletter.services.subscription import leave
from portal.mail import message_states
from portal.mail.smtp_replies import remove_addresses, speaks_of_reader

#: An address that only fails now and then is kept until as many letters in a row came back.
SOFT_BOUNCES = 3

#: Letters that are looked at to find as many that speak of the reader.
_LOOKED_AT = 12

_SEVERITY = ["", Delivery.Bounce.SOFT, Delivery.Bounce.HARD, Delivery.Bounce.COMPLAINT]


def mark_sent(delivery: Delivery, service_id: str = "") -> None:
    """The mail server took the message."""
    message_states.note_sent(delivery, service_id=service_id[:120])


def mark_refused(delivery: Delivery, words: str, *, hard: bool) -> None:
    """The mail server refused the message for good; ``hard``: the address does not exist."""
    message_states.finish(delivery, Delivery.State.BOUNCED)
    record_bounce(delivery, Delivery.Bounce.HARD if hard else Delivery.Bounce.SOFT, words)


def mark_failed(delivery: Delivery, words: str, now: datetime) -> None:
    """This attempt failed: a later one is planned, or it is given up after the fifth."""
    message_states.note_failure(delivery, now, answer=remove_addresses(words))


def mark_unwritable(delivery: Delivery, reason: str) -> None:
    """The message cannot be written, now or later: it is given up."""
    message_states.finish(delivery, Delivery.State.GIVEN_UP, answer=reason[:300])


def mark_postponed(delivery: Delivery, words: str, again_at: datetime) -> None:
    """The mail server was away: nothing was tried, so the attempt does not count."""
    attempts = max(delivery.attempts - 1, 0)
    message_states.put_back(delivery, again_at, answer=remove_addresses(words), attempts=attempts)


def mark_cancelled(delivery: Delivery) -> None:
    """The person left before it left."""
    message_states.finish(delivery, Delivery.State.CANCELLED)


def mark_uncertain(delivery: Delivery, words: str = "") -> None:
    """Whether it left is not known, and the portal is set to never write twice."""
    message_states.finish(delivery, Delivery.State.UNCERTAIN, answer=remove_addresses(words))


@transaction.atomic
def record_bounce(delivery: Delivery, bounce: str, words: str = "") -> None:
    """A message that had left came back, or its reader called it unwanted.

    Of several things told of one message the worst is kept, with its own words.
    """
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    is_worse = _SEVERITY.index(bounce) > _SEVERITY.index(row.bounce)
    if is_worse or (bounce == row.bounce and not row.answer):
        row.bounce, row.answer = bounce, remove_addresses(words)
    row.save(update_fields=["bounce", "answer"])
    delivery.bounce, delivery.answer = row.bounce, row.answer
    if row.bounce and row.kind == Delivery.Kind.ISSUE:
        _unsubscribe_if_undeliverable(row)


@transaction.atomic
def unsubscribe_recipient(delivery: Delivery) -> None:
    """Its reader told the sending service, instead of the portal, to get no more."""
    if subscriber := _get_subscriber(delivery):
        leave(subscriber)


def _unsubscribe_if_undeliverable(row: Delivery) -> None:
    """Stop writing to an address when this row, or the last few together, say so."""
    subscriber = _get_subscriber(row)
    if subscriber is None:
        return
    if row.bounce == Delivery.Bounce.COMPLAINT:
        leave(subscriber, Subscriber.State.COMPLAINED)
    elif row.bounce == Delivery.Bounce.HARD or _has_too_many_soft_bounces(subscriber):
        leave(subscriber, Subscriber.State.BOUNCED)


def _get_subscriber(row: Delivery) -> Subscriber | None:
    """The person, held; nobody when they have asked again since, which is what counts."""
    subscriber = Subscriber.objects.select_for_update().filter(pk=row.subscriber_id).first()
    if subscriber is None or subscriber.state == Subscriber.State.PENDING:
        return None
    confirmed_since = subscriber.confirmed_at and row.created_at < subscriber.confirmed_at
    return None if confirmed_since else subscriber


def _has_too_many_soft_bounces(subscriber: Subscriber) -> bool:
    # A bounce may come before its message is marked as gone.
    has_left = Q(state__in=[Delivery.State.SENT, Delivery.State.BOUNCED]) | ~Q(bounce="")
    letters = Delivery.objects.filter(
        has_left,
        subscriber=subscriber,
        kind=Delivery.Kind.ISSUE,
        created_at__gte=subscriber.confirmed_at or subscriber.created_at,
    )
    latest = letters.order_by("-pk").values_list("bounce", "answer")[:_LOOKED_AT]
    # A server that does not want the portal says nothing of the person.
    of_reader = [bounce for bounce, answer in latest if not bounce or speaks_of_reader(answer)]
    return of_reader[:SOFT_BOUNCES] == [Delivery.Bounce.SOFT] * SOFT_BOUNCES
