"""Worker of the ledger: each waiting delivery is claimed, sent, then marked.

One process delivers at a time; the lock dies with its holder. So a row found « en train de
partir » at the start belongs to a sender that was killed.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property

from newsletter.backends import Dropped, MailBackend, Refused, ServiceAway, TryLater, get_backend
from newsletter.mail.headers import LetterSignature, signature
from newsletter.mail.messages import message_for
from newsletter.models import Delivery, Mailing, Subscriber
from newsletter.services import delivery_state
from newsletter.services.mailings import close_finished, start_due
from portal.jobs.locks import exclusive_lock
from portal.jobs.registry import stop_asked
from portal.mail import message_states
from portal.mail.smtp_replies import remove_addresses

logger = logging.getLogger(__name__)

#: Other jobs wait meanwhile: what is left goes on at the next tick.
LONGEST_RUN = timedelta(seconds=40)
#: How long nobody is written to when the mail server is away or asks for a rest.
REST = timedelta(seconds=30)
_BATCH = 100


@dataclass
class Clock:
    """Time as the sender sees it; a test brings one that it turns by hand."""

    now: Callable[[], datetime] = timezone.now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass
class Pace:
    """So many messages a second at most, evenly; no limit at 0."""

    a_second: float
    clock: Clock
    _next: float = field(default=0, init=False)

    def wait(self) -> None:
        if not self.a_second:
            return
        now = self.clock.monotonic()
        self._next = max(self._next, now - 1 / self.a_second)
        if self._next > now:
            self.clock.sleep(self._next - now)
        self._next += 1 / self.a_second


def deliver_due(clock: Clock | None = None, longest: timedelta = LONGEST_RUN) -> int | None:
    """Start what is planned, send what may leave, close what is finished.

    Out: how many messages were taken by the mail server; None when another process is at
    it, which then does it all.
    """
    clock = clock or Clock()
    with exclusive_lock("letter-sender") as mine:
        if not mine:
            return None
        requeue_interrupted(clock.now())
        start_due(clock.now())
        sent = _Round(clock, longest).run()
        close_finished()
        return sent


def requeue_interrupted(now: datetime) -> int:
    """Decide of the messages whose sender died: sent again, unless the portal is set not to."""
    rows = Delivery.objects.filter(state=Delivery.State.SENDING)
    if settings.PORTAL_MAIL_IF_UNCERTAIN == "stop":
        return message_states.finish_all(rows, Delivery.State.UNCERTAIN, now)
    return message_states.release(rows, now)


class _Round:
    """One run over the ledger with one backend, for so long at most."""

    def __init__(self, clock: Clock, longest: timedelta) -> None:
        self.clock = clock
        self.backend: MailBackend = get_backend()
        self.pace = Pace(settings.PORTAL_MAIL_PER_SECOND, clock)
        self.ends_at = clock.monotonic() + longest.total_seconds()
        self.sent = 0

    def run(self) -> int:
        try:
            while rows := self._due():
                for row in rows:
                    if self._is_over() or not self._deliver(row):
                        return self.sent
        finally:
            self.backend.close()
        return self.sent

    @cached_property
    def signed(self) -> LetterSignature:
        """Who signs: read when there is something to sign."""
        return signature()

    def _due(self) -> list[Delivery]:
        due = Delivery.objects.due(self.clock.now())
        return list(due.select_related("subscriber", "mailing")[:_BATCH])

    def _is_over(self) -> bool:
        return stop_asked() or self.clock.monotonic() >= self.ends_at

    def _deliver(self, row: Delivery) -> bool:
        """Send one row; false when the mail server is away, for all the others too."""
        self.pace.wait()
        if not claim(row, self.clock.now()):
            return True
        message = _written(row, self.signed)
        if message is None:
            return True
        try:
            identifier = self.backend.send(message)
        except ServiceAway as reason:
            self._rest(row, reason)
            return False
        except Refused as reason:
            delivery_state.mark_refused(row, reason.words, hard=reason.hard)
        except Dropped as reason:
            self._dropped(row, reason)
        except TryLater as reason:
            delivery_state.mark_failed(row, reason.words, self.clock.now())
        else:
            delivery_state.mark_sent(row, identifier)
            self._note_recovery(row)
            self.sent += 1
        return True

    def _dropped(self, row: Delivery, reason: Dropped) -> None:
        if settings.PORTAL_MAIL_IF_UNCERTAIN == "stop":
            delivery_state.mark_uncertain(row, reason.words)
        else:
            delivery_state.mark_failed(row, reason.words, self.clock.now())

    def _rest(self, row: Delivery, reason: ServiceAway) -> None:
        """Leave the mail server alone for a while, and say why on the coordinator's screen."""
        again_at = self.clock.now() + REST
        delivery_state.mark_postponed(row, reason.words, again_at)
        words = remove_addresses(reason.words)
        under_way = Mailing.objects.filter(state=Mailing.State.SENDING)
        under_way.update(resting_until=again_at, problem=words)
        logger.warning("The mail server is away (%s).", type(reason.__cause__).__name__)

    def _note_recovery(self, row: Delivery) -> None:
        if row.mailing is not None and row.mailing.problem:
            row.mailing.problem = ""
            Mailing.objects.filter(pk=row.mailing.pk).update(problem="", resting_until=None)


def claim(row: Delivery, now: datetime) -> bool:
    """Take a row before its message leaves, committed at once; false when it must not leave.

    The person and the mailing are looked at in the same statement: who has just left, and a
    mailing that has just been paused, are heard up to the last moment.
    """
    # Conditions beside the row's own, not joined to it: two claims at once then cannot both win.
    person = Exists(
        Subscriber.objects.filter(pk=OuterRef("subscriber"), state=_expected_state(row))
    )
    mailing = Mailing.objects.filter(pk=OuterRef("mailing"), state=Mailing.State.SENDING)
    may_leave = Q(mailing=None) | Q(Exists(mailing))
    if message_states.claim(row, Delivery.objects.filter(may_leave, person), now):
        return True
    waiting = Delivery.objects.filter(pk=row.pk, state=Delivery.State.WAITING)
    if waiting.exclude(person).exists():
        delivery_state.mark_cancelled(row)
    return False


def _expected_state(row: Delivery) -> str:
    if row.kind == Delivery.Kind.CONFIRM:
        return Subscriber.State.PENDING
    return Subscriber.State.ACTIVE


def _written(row: Delivery, signed: LetterSignature) -> EmailMultiAlternatives | None:
    """The message of a row; one that cannot be written stops nobody else."""
    try:
        return message_for(row, signed)
    except Exception as reason:  # noqa: BLE001 (whatever it is, the others must leave)
        # Not the reason itself: it quotes what it could not write.
        logger.error("Message %s cannot be written (%s).", row.pk, type(reason).__name__)
        delivery_state.mark_unwritable(row, type(reason).__name__)
        return None
