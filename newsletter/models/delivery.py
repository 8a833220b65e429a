"""The ledger: one delivery for each message to each person, written before the message is sent."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.choices import BounceKind, DeliveryKind
from newsletter.models.mailing import Mailing
from newsletter.models.subscriber import Subscriber
from portal.mail.models import QueuedMessage


class DeliveryQuerySet(models.QuerySet):
    """Sentences about messages."""

    def due(self, now: datetime) -> Self:
        """Those that may leave: first what a person waits for, then the issues under way."""
        may_leave = models.Q(mailing=None) | (
            models.Q(mailing__state=Mailing.State.SENDING)
            & (models.Q(mailing__resting_until=None) | models.Q(mailing__resting_until__lte=now))
        )
        waiting = self.filter(may_leave, state=self.model.State.WAITING, next_attempt_at__lte=now)
        return waiting.order_by(models.F("mailing").asc(nulls_first=True), "next_attempt_at", "pk")

    def unfinished(self) -> Self:
        return self.filter(state__in=[self.model.State.WAITING, self.model.State.SENDING])


class Delivery(QueuedMessage):
    """One message of the letter to one person; ``mailing`` is None for what answers a form."""

    personal_fields = ("subscriber",)
    retry_delays = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))

    Kind = DeliveryKind
    Bounce = BounceKind

    kind = models.CharField(
        _("message"), max_length=10, choices=DeliveryKind, default=DeliveryKind.ISSUE
    )
    mailing = models.ForeignKey(
        Mailing, null=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    subscriber = models.ForeignKey(
        Subscriber, null=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    #: The server's own words, without the address they may quote.
    answer = models.CharField(_("réponse du serveur"), max_length=300, blank=True)
    bounce = models.CharField(_("retour"), max_length=10, choices=BounceKind, blank=True)
    #: The identifier that a sending service gave, by which it names the message afterwards.
    service_id = models.CharField(max_length=120, blank=True, db_index=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("message envoyé")
        verbose_name_plural = _("messages envoyés")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "subscriber"], name="newsletter_one_message_each"
            )
        ]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="newsletter_delivery_due"),
            models.Index(fields=["mailing", "state"], name="newsletter_delivery_progress"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
