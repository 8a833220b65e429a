"""Messages that wait to be sent: what all of them share, and those to one person."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.mail.choices import MessageState


class QueuedMessage(models.Model):
    """A message written in the transaction that makes it true, and sent after.

    It is claimed and committed before it leaves (``portal.mail.message_states``): a sender that
    is killed leaves it « en train de partir », and it is sent again under the same Message-ID,
    made from ``uuid``. So nobody is forgotten, and one message at most is repeated a kill.
    """

    unseen_by_readers = True

    State = MessageState

    #: How long to wait after each attempt that failed; after the last one it is given up.
    retry_delays: ClassVar[tuple[timedelta, ...]] = ()
    #: Text fields that are emptied when the message is over, whatever its end.
    erased_when_finished: ClassVar[tuple[str, ...]] = ()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(
        _("état"), max_length=10, choices=MessageState, default=MessageState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    next_attempt_at = models.DateTimeField(_("prochain essai"), default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("le"), null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def get_retry_at(self, now: datetime) -> datetime | None:
        """When to try again after the attempt that failed at ``now``; None: give it up."""
        if self.attempts > len(self.retry_delays):
            return None
        return now + self.retry_delays[max(self.attempts, 1) - 1]


class OutgoingMessageQuerySet(models.QuerySet):
    """Sentences about messages."""

    def due(self, now: datetime) -> Self:
        """Those that may leave: first what expires first, then what has waited longest."""
        waiting = self.filter(state=MessageState.WAITING, next_attempt_at__lte=now)
        return waiting.exclude(expires_at__lte=now).order_by(
            models.F("expires_at").asc(nulls_last=True), "next_attempt_at", "pk"
        )

    def expired(self, now: datetime) -> Self:
        """Those that wait and whose reader has no use for them any more."""
        return self.filter(state=MessageState.WAITING, expires_at__lte=now)

    def written_on_the_day_of(self, now: datetime, kind: str) -> Self:
        """Those of a kind that were written since midnight, sent or not."""
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        return self.filter(kind=kind, created_at__gte=midnight)


class OutgoingMessage(QueuedMessage):
    """A message to one person: an invitation, an answer, a sign-in code, a message to the PTSM.

    ``expires_at`` is the end of what it gives (a code, a link): it is retried more often, and
    never sent after. What it says is emptied once it has left: it holds links and codes.
    """

    personal_fields = ("address", "subject", "html", "text", "reply_to", "unsubscribe_url")
    retry_delays = tuple(timedelta(minutes=minutes) for minutes in (5, 30, 120, 720))
    erased_when_finished = ("html", "text", "reply_to", "unsubscribe_url")
    #: For what expires: somebody is waiting for it.
    _urgent_delays = tuple(timedelta(seconds=n) for n in (10, 20, 30, 60, 120, 300, 600, 3600))

    kind = models.CharField(_("message"), max_length=40)
    address = models.EmailField(_("adresse"))
    reply_to = models.EmailField(blank=True)
    #: The address that refuses messages of this kind, for the header of mail programs.
    unsubscribe_url = models.CharField(max_length=500, blank=True)
    subject = models.CharField(_("objet"), max_length=200)
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)
    expires_at = models.DateTimeField(null=True)
    #: When the message came back, and the server's own words, without the address.
    returned_at = models.DateTimeField(_("revenu le"), null=True)
    answer = models.CharField(_("réponse du serveur"), max_length=300, blank=True)

    objects = OutgoingMessageQuerySet.as_manager()

    class Meta:
        app_label = "base"
        verbose_name = _("message à envoyer")
        verbose_name_plural = _("messages à envoyer")
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="base_outgoing_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_retry_at(self, now: datetime) -> datetime | None:
        if self.expires_at is None:
            return super().get_retry_at(now)
        retry_at = now + self._urgent_delays[min(self.attempts, len(self._urgent_delays)) - 1]
        return retry_at if retry_at < self.expires_at else None
