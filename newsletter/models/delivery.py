"""The ledger: one row for each message to each person, written before the message leaves."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsletter.models.mailing import Mailing
from newsletter.models.subscriber import Subscriber


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


class Delivery(models.Model):
    """One message to one person: claimed and committed before it leaves, marked after.

    A sender that is killed leaves its row « en train de partir »; the next one sends it
    again under the same Message-ID, which the row's uuid makes.
    """

    personal_fields = ("subscriber",)

    class Kind(models.TextChoices):
        ISSUE = "lettre", _("la lettre")
        CONFIRM = "confirmer", _("demande de confirmation")
        KNOWN = "deja", _("rappel : déjà inscrit")

    class State(models.TextChoices):
        WAITING = "attente", _("en attente")
        SENDING = "depart", _("en train de partir")
        SENT = "parti", _("parti")
        BOUNCED = "refuse", _("refusé")
        GIVEN_UP = "abandon", _("abandonné après plusieurs essais")
        UNCERTAIN = "incertain", _("parti ou non : on ne sait pas")
        CANCELLED = "annule", _("retiré avant le départ")

    class Bounce(models.TextChoices):
        SOFT = "passager", _("retour passager")
        HARD = "definitif", _("adresse qui n’existe pas")
        COMPLAINT = "plainte", _("signalé comme indésirable")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("message"), max_length=10, choices=Kind, default=Kind.ISSUE)
    mailing = models.ForeignKey(
        Mailing, null=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    subscriber = models.ForeignKey(
        Subscriber, null=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    next_attempt_at = models.DateTimeField(_("prochain essai"), default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("le"), null=True)
    #: The server's own words, without the address they may quote.
    answer = models.CharField(_("réponse du serveur"), max_length=300, blank=True)
    bounce = models.CharField(_("retour"), max_length=10, choices=Bounce, blank=True)
    #: The identifier that a sending service gave, by which it names the message afterwards.
    service_id = models.CharField(max_length=120, blank=True, db_index=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

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
