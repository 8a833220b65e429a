"""A mailing: one sending of one issue, its content and its progress."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsletter.editor_choices import MailingState


class Mailing(models.Model):
    """The one sending that an issue may have, with what it says frozen when it starts."""

    personal_fields = ()

    State = MailingState

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    #: Unique: a double click, two editors or a page sent again are still one sending.
    issue = models.OneToOneField(
        "newsletter.IssuePage",
        verbose_name=_("numéro"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="mailing",
    )
    title = models.CharField(_("titre"), max_length=255)
    state = models.CharField(
        _("état"), max_length=10, choices=MailingState, default=MailingState.SCHEDULED
    )
    send_at = models.DateTimeField(_("départ prévu"), default=timezone.now)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lancé par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    started_at = models.DateTimeField(_("parti le"), null=True)
    finished_at = models.DateTimeField(_("terminé le"), null=True)
    #: Why it does not start or go on, in words for the coordinator; empty when all is well.
    problem = models.CharField(_("ce qui bloque"), max_length=300, blank=True)
    #: Nobody is written to before this moment: the mail server asked for a rest.
    resting_until = models.DateTimeField(null=True)

    subject = models.CharField(_("objet"), max_length=255, blank=True)
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)

    #: The figures that stay once the rows of the ledger are gone.
    recipients = models.PositiveIntegerField(_("destinataires"), default=0)
    outcomes = models.JSONField(_("résultats"), default=dict, blank=True)

    class Meta:
        verbose_name = _("envoi de la lettre")
        verbose_name_plural = _("envois de la lettre")
        ordering = ["-send_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state in (MailingState.DONE, MailingState.CANCELLED)
