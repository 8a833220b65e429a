"""Questions and their reminders: one message a day and address, two reminders, then none.

A run may be killed anywhere: what is asked of an address and the message that asks it are
written together or not at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from portal.jobs.locks import exclusive_lock
from portal.jobs.registry import stop_asked
from portal.mail.models import OutgoingMessage
from portal.reminders.choices import RequestState
from portal.reminders.links import VALID_FOR
from portal.reminders.requests import LinkRequest

REMINDERS = 2
BETWEEN_REMINDERS = timedelta(days=10)
HALF_A_MINUTE = timedelta(seconds=30)
#: A message stays light, and a person answers a short list; the others come the next day.
MOST_IN_A_MESSAGE = 8


@dataclass
class ReminderMessage:
    """The requests and reminders that one address receives today, as one message."""

    address: str
    asks: list[Any] = field(default_factory=list)
    reminders: list[Any] = field(default_factory=list)


class ReminderRound:
    """One kind of question: what is asked of whom, and what still matters.

    ``name`` is that of its lock, ``kind`` that of its message in the queue.
    """

    name = ""
    kind = ""
    requests: Any = None

    def is_relevant(self, request: Any, today: date) -> bool:
        """Whether the answer to a request that waits is still of use."""
        raise NotImplementedError

    def get_late_requests(self, now: datetime) -> Iterable[Any]:
        """The requests whose reminder is due, the oldest first."""
        late = self.requests.to_remind(now).filter(reminders__lt=REMINDERS)
        return self.select(late).order_by("sent_at")

    def get_asks(self, now: datetime) -> Iterable[tuple[str, Any]]:
        """Whom to ask what, as pairs of an address and anything that ``create`` reads."""
        raise NotImplementedError

    def create(self, ask: Any, now: datetime) -> LinkRequest:
        raise NotImplementedError

    def send_message(self, address: str, requests: list[Any], *, is_reminder: bool) -> None:
        raise NotImplementedError

    def select(self, requests: Any) -> Any:
        """``requests`` with all that is read of each."""
        return requests

    def run(self) -> int:
        """Send what is due, for half a minute at most; the next run sends the rest.

        Returns the number of messages written.
        """
        with exclusive_lock(self.name) as is_ours:
            return self._run(timezone.now()) if is_ours else 0

    def _run(self, now: datetime) -> int:
        self.cancel_moot_requests(now)
        self.expire_requests(now)
        begun, written = timezone.now(), 0
        for message in self.collect_messages(now):
            if stop_asked() or timezone.now() - begun > HALF_A_MINUTE:
                break
            if not self.was_messaged_today(message.address, now):
                written += self.send(message, now)
        return written

    def cancel_moot_requests(self, now: datetime) -> None:
        """Cancel the requests whose answer nobody waits for."""
        today = timezone.localdate(now)
        waiting = self.select(self.requests.waiting())
        moot = [one.pk for one in waiting if not self.is_relevant(one, today)]
        self.requests.filter(pk__in=moot).end(RequestState.CANCELLED)

    def expire_requests(self, now: datetime) -> None:
        """Expire the requests older than ``VALID_FOR``."""
        self.requests.filter(sent_at__lte=now - VALID_FOR).end(RequestState.EXPIRED)

    def was_messaged_today(self, address: str, now: datetime) -> bool:
        today = OutgoingMessage.objects.written_on_the_day_of(now, self.kind)
        return today.filter(address__iexact=address).exists()

    def collect_messages(self, now: datetime) -> Iterable[ReminderMessage]:
        messages: dict[str, ReminderMessage] = {}

        def message_for(address: str) -> ReminderMessage:
            return messages.setdefault(address.strip().casefold(), ReminderMessage(address.strip()))

        for request in self.get_late_requests(now):
            message_for(request.address).reminders.append(request)
        for address, ask in self.get_asks(now):
            message_for(address).asks.append(ask)
        return messages.values()

    def send(self, message: ReminderMessage, now: datetime) -> bool:
        """Write one message and what it asks; False when another process has asked the same."""
        reminders = message.reminders[:MOST_IN_A_MESSAGE]
        asks = message.asks[: MOST_IN_A_MESSAGE - len(reminders)]
        try:
            with transaction.atomic():
                reminders = [one for one in reminders if self._record_reminder(one, now)]
                asked = [self.create(ask, now) for ask in asks]
                if reminders or asked:
                    self.send_message(message.address, [*reminders, *asked], is_reminder=not asked)
        except IntegrityError:
            return False
        return True

    def _record_reminder(self, request: LinkRequest, now: datetime) -> bool:
        """False when it was answered in the meantime."""
        same = self.requests.waiting().filter(pk=request.pk, reminders=request.reminders)
        following = now + BETWEEN_REMINDERS
        return bool(same.update(reminders=F("reminders") + 1, next_step_at=following))
