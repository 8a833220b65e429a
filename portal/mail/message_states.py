"""The one way in which a queued message is claimed, marked as sent, retried or given up.

Every function writes to the database at once, and to the instance it was given. None of them
talks to a mail server, nor reads what the message says.
"""

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from portal.mail.choices import MessageState
from portal.mail.models import QueuedMessage


def claim(message: QueuedMessage, among: QuerySet, now: datetime) -> bool:
    """Take a waiting message before it leaves; False when it is taken or not ``among`` them.

    One statement: of two senders at once one wins, and a condition of ``among`` (the person
    still wants it) holds at that very moment. Call it outside a transaction: the claim must be
    committed before the message leaves.
    """
    taken = among.filter(pk=message.pk, state=MessageState.WAITING).update(
        state=MessageState.SENDING, claimed_at=now, attempts=F("attempts") + 1
    )
    if taken:
        message.state, message.claimed_at = MessageState.SENDING, now
        message.attempts += 1
    return bool(taken)


def note_sent(message: QueuedMessage, **fields: Any) -> None:
    """The mail server took the message; ``fields`` are kept with it."""
    finish(message, MessageState.SENT, **fields)


def note_failure(message: QueuedMessage, now: datetime, **fields: Any) -> None:
    """The attempt failed: plan the next one, or give up after the last."""
    retry_at = message.get_retry_at(now)
    if retry_at is None:
        finish(message, MessageState.GIVEN_UP, **fields)
    else:
        put_back(message, retry_at, **fields)


def put_back(message: QueuedMessage, again_at: datetime, **fields: Any) -> None:
    """Have a claimed message wait until ``again_at``."""
    _write(
        message,
        state=MessageState.WAITING,
        claimed_at=None,
        next_attempt_at=again_at,
        **fields,
    )


def finish(message: QueuedMessage, state: str, **fields: Any) -> None:
    """End the way of a message, and erase what it must not keep."""
    erased = dict.fromkeys(message.erased_when_finished, "")
    _write(message, state=state, finished_at=timezone.now(), **erased, **fields)


def finish_all(messages: QuerySet, state: str, now: datetime) -> int:
    """The same for many at once; how many."""
    erased = dict.fromkeys(messages.model.erased_when_finished, "")
    return messages.update(state=state, finished_at=now, **erased)


def release(messages: QuerySet, now: datetime) -> int:
    """Have claimed messages whose sender died sent again; how many."""
    claimed = messages.filter(state=MessageState.SENDING)
    return claimed.update(state=MessageState.WAITING, claimed_at=None, next_attempt_at=now)


def _write(message: QueuedMessage, **fields: Any) -> None:
    type(message)._default_manager.filter(pk=message.pk).update(**fields)
    for name, value in fields.items():
        setattr(message, name, value)
