"""Messages of the public about the directory: error reports and proposed places."""

import uuid
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.choices import ErrorSubject
from resources.models.referent import new_key
from resources.models.resource import ResourcePage
from resources.models.resource_type import ResourceType


class CorrectionState(models.TextChoices):
    """Where an answer stands, in words that its author reads too."""

    RECEIVED = "recu", _("Reçu")
    CHECKING = "cours", _("En cours de vérification")
    DONE = "fait", _("Corrigé")
    NOT_DONE = "refuse", _("Pas retenu")


class PublicMessageQuerySet(models.QuerySet):
    """Sentences about what people told."""

    def to_answer(self) -> Self:
        return self.filter(state__in=[CorrectionState.RECEIVED, CorrectionState.CHECKING])


class PublicMessage(models.Model):
    """What somebody told without an account, and what became of it.

    ``key`` opens the page where its author follows it; the address is optional, serves to
    answer, and is emptied some time after.
    """

    unseen_by_readers = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=64, default=new_key, unique=True, editable=False)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    state = models.CharField(
        _("état"), max_length=8, choices=CorrectionState, default=CorrectionState.RECEIVED
    )
    answer = models.TextField(
        _("réponse"), blank=True, help_text=_("La personne qui a écrit lira ces mots.")
    )
    received_at = models.DateTimeField(_("reçu le"), default=timezone.now, editable=False)
    answered_at = models.DateTimeField(_("répondu le"), null=True, editable=False)

    objects = PublicMessageQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_answered(self) -> bool:
        return self.state in (CorrectionState.DONE, CorrectionState.NOT_DONE)


class ErrorReport(PublicMessage):
    """« Signaler une erreur »: what is wrong in an entry, according to a reader."""

    personal_fields = ("email", "text", "answer", "key")

    entry = models.ForeignKey(
        ResourcePage,
        verbose_name=_("fiche"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="error_reports",
    )
    about = models.CharField(_("ce qui ne va pas"), max_length=10, choices=ErrorSubject)
    text = models.TextField(_("précisions"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("erreur signalée")
        verbose_name_plural = _("erreurs signalées")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.get_about_display()} ({timezone.localtime(self.received_at):%d/%m/%Y})"


class EntryProposal(PublicMessage):
    """« Proposer une structure »: a place that the directory does not have yet."""

    personal_fields = ("email", "text", "answer", "key", "phone")

    name = models.CharField(_("nom du lieu"), max_length=160)
    type = models.ForeignKey(
        ResourceType,
        verbose_name=_("type de lieu"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    commune = models.ForeignKey(
        "geo.Commune",
        verbose_name=_("commune"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    website = models.URLField(_("site"), blank=True)
    text = models.TextField(_("ce qu’on y trouve"), max_length=2000, blank=True)
    is_from_structure = models.BooleanField(_("la personne y travaille"), default=False)
    entry = models.ForeignKey(
        ResourcePage,
        verbose_name=_("fiche créée"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="proposals",
    )

    class Meta:
        verbose_name = _("structure proposée")
        verbose_name_plural = _("structures proposées")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return self.name
