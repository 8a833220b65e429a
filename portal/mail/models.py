"""The messages that the portal owes to one person at a time, until they have left."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutgoingMessageQuerySet(models.QuerySet):
    """Sentences about messages."""

    def due(self, now: datetime) -> Self:
        return self.filter(state=self.model.State.WAITING, next_attempt_at__lte=now).order_by(
            "next_attempt_at", "pk"
        )

    def written_on_the_day_of(self, now: datetime, kind: str) -> Self:
        """Those of a kind that were written since midnight, sent or not."""
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        return self.filter(kind=kind, created_at__gte=midnight)


class OutgoingMessage(models.Model):
    """A message written in the transaction that makes it true, and sent after.

    It is claimed and committed before it leaves: a sender that is killed leaves it « en train
    de partir », and it leaves again under the same Message-ID, which ``uuid`` makes. What it
    says is emptied once it has left: it holds links that act.
    """

    personal_fields = ("address", "subject", "html", "text")

    class State(models.TextChoices):
        WAITING = "attente", _("en attente")
        SENDING = "depart", _("en train de partir")
        SENT = "parti", _("parti")
        GIVEN_UP = "abandon", _("abandonné après plusieurs essais")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("message"), max_length=40)
    address = models.EmailField(_("adresse"))
    subject = models.CharField(_("objet"), max_length=200)
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)
    state = models.CharField(_("état"), max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    next_attempt_at = models.DateTimeField(_("prochain essai"), default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("le"), null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OutgoingMessageQuerySet.as_manager()

    class Meta:
        app_label = "base"
        verbose_name = _("message à envoyer")
        verbose_name_plural = _("messages à envoyer")
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "next_attempt_at"], name="base_outgoing_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
