"""Verification requests sent to structures, and the verifications that they gave."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.reminders.requests import LinkRequest
from resources.editor_choices import VerificationMethod
from resources.models.referent import Referent
from resources.models.resource import ResourcePage


class VerificationRequest(LinkRequest):
    """« Votre fiche est-elle toujours juste ? », sent to one address, valid thirty days.

    The key opens this entry only, without an account; a new request makes another key.
    """

    personal_fields = ("address", "key", "referent")

    entry = models.ForeignKey(
        ResourcePage,
        verbose_name=_("fiche"),
        on_delete=models.CASCADE,
        related_name="verification_requests",
    )
    referent = models.ForeignKey(
        Referent, null=True, on_delete=models.SET_NULL, related_name="verification_requests"
    )

    class Meta:
        verbose_name = _("demande de vérification")
        verbose_name_plural = _("demandes de vérification")
        ordering = ["-sent_at"]
        constraints = [
            # Two rounds at once ask once: the database says so, not a look before.
            models.UniqueConstraint(
                fields=["entry", "address"],
                condition=Q(state="attente"),
                name="resources_one_request_at_a_time",
            )
        ]
        indexes = [
            models.Index(fields=["state", "next_step_at"], name="resources_request_due"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} ({self.get_state_display()})"


class Verification(models.Model):
    """One time that somebody said an entry is true: who by their role, when, and how."""

    personal_fields = ("user",)

    entry = models.ForeignKey(
        ResourcePage,
        verbose_name=_("fiche"),
        on_delete=models.CASCADE,
        related_name="verifications",
    )
    on = models.DateField(_("le"))
    role = models.CharField(_("par"), max_length=120, blank=True)
    how = models.CharField(_("comment"), max_length=10, choices=VerificationMethod)
    nothing_changed = models.BooleanField(_("rien n’avait changé"), default=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("vérification")
        verbose_name_plural = _("vérifications")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.on}"
