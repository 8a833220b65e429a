"""Messages to the network: what was written, to whom it went, and who wants none."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TRANSLATED = False

LONGEST_TEXT = 5000


class Audience(models.TextChoices):
    """Who may be written to."""

    REFERENTS = "referents", _("Les référents")
    PILOTS = "pilotes", _("Les pilotes et copilotes des actions")
    PARTNERS = "structures", _("Les structures de l’annuaire")


class NetworkMessage(models.Model):
    """A message: a draft until it is sent, then a line of the history.

    ``audience`` holds what was chosen, as ``{"who": […], "types": [pk…], "territories": [pk…]}``.
    ``sent_at`` is the moment of the confirmation; messages leave after it.
    """

    unseen_by_readers = True
    personal_fields = ("author", "subject", "text")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(_("objet"), max_length=120)
    text = models.TextField(_("message"), max_length=LONGEST_TEXT)
    audience = models.JSONField(default=dict)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("écrit par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("commencé le"), default=timezone.now)
    sent_at = models.DateTimeField(_("envoyé le"), null=True)
    #: The figures that stay once the addresses are forgotten.
    recipients = models.PositiveIntegerField(_("destinataires"), default=0)
    returned = models.PositiveIntegerField(_("revenus"), default=0)

    class Meta:
        verbose_name = _("message au réseau")
        verbose_name_plural = _("messages au réseau")
        ordering = [models.F("sent_at").desc(nulls_first=True), "-created_at"]

    def __str__(self) -> str:
        return self.subject


class NetworkDelivery(models.Model):
    """One message to one address; the address is forgotten some months after."""

    unseen_by_readers = True
    personal_fields = ("address", "because")

    message = models.ForeignKey(NetworkMessage, on_delete=models.CASCADE, related_name="deliveries")
    address = models.EmailField(_("adresse"))
    #: ``portal.mail.addresses.hash_of`` of the address in its comparable form.
    address_hash = models.CharField(max_length=64)
    #: Why this person is written to, in words that they read.
    because = models.CharField(max_length=250)
    posted_at = models.DateTimeField(_("confié à la file le"), null=True)
    #: Whoever refused between the confirmation and the departure is not written to.
    refused = models.BooleanField(default=False)
    returned_at = models.DateTimeField(_("revenu le"), null=True)
    answer = models.CharField(_("réponse du serveur"), max_length=300, blank=True)
    #: The message of the queue, until the queue has forgotten it.
    outgoing = models.OneToOneField(
        "base.OutgoingMessage", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("envoi d’un message au réseau")
        verbose_name_plural = _("envois de messages au réseau")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "address_hash"], name="network_once_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.message_id}:{self.pk}"

    @property
    def state(self) -> Any:
        if self.refused:
            return _("refuse ces messages")
        if self.returned_at:
            return _("revenu")
        return _("parti") if self.posted_at else _("attend")


class NetworkRefusal(models.Model):
    """An address that wants no message of this kind, kept as a digest that names nobody."""

    unseen_by_readers = True
    personal_fields = ()

    address_hash = models.CharField(max_length=64, unique=True)
    refused_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("refus des messages au réseau")
        verbose_name_plural = _("refus des messages au réseau")

    def __str__(self) -> str:
        return self.address_hash[:8]
