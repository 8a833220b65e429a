"""Who leads an action: people of partners, what they are asked, and what they answer."""

from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.choices import ActionStatus
from actions.editor_choices import UpdateState
from portal.reminders.requests import LinkRequest


class PilotQuerySet(models.QuerySet):
    """Sentences about pilots."""

    def active(self) -> Self:
        return self.filter(is_active=True)


class Pilot(models.Model):
    """A person of a partner who says how far an action is. Nothing of it is public.

    The organisation that leads the action is public, and is another thing: ``ActionPartner``.
    """

    unseen_by_readers = True
    personal_fields = ("name", "email")

    name = models.CharField(_("nom"), max_length=120, help_text=_("Il n’est jamais montré."))
    email = models.EmailField(
        _("adresse e-mail"), help_text=_("Pour lui demander où en est l’action ; jamais montrée.")
    )
    structure = models.CharField(_("structure"), max_length=160, blank=True)
    actions = models.ManyToManyField(
        "actions.ActionPage", verbose_name=_("actions"), blank=True, related_name="pilots"
    )
    is_active = models.BooleanField(
        _("on peut lui écrire"),
        default=True,
        help_text=_("Décochez quand la personne ne pilote plus rien : ses liens ne marchent plus."),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PilotQuerySet.as_manager()

    class Meta:
        verbose_name = _("pilote")
        verbose_name_plural = _("pilotes")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip()
        same = Pilot.objects.filter(email__iexact=self.email).exclude(pk=self.pk)
        if self.email and same.exists():
            words = _("Cette adresse est déjà celle d’un pilote : ajoutez-lui l’action.")
            raise ValidationError({"email": words})


class PilotRequest(LinkRequest):
    """« Où en est-on ? », asked to one pilot about one action; its link is theirs alone."""

    personal_fields = ("address", "key", "pilot")

    pilot = models.ForeignKey(
        Pilot, verbose_name=_("pilote"), on_delete=models.CASCADE, related_name="requests"
    )
    action = models.ForeignKey(
        "actions.ActionPage",
        verbose_name=_("fiche-action"),
        on_delete=models.CASCADE,
        related_name="pilot_requests",
    )

    class Meta:
        verbose_name = _("question à un pilote")
        verbose_name_plural = _("questions aux pilotes")
        ordering = ["-sent_at"]
        constraints = [
            # Two rounds at once ask once: the database says so, not a look before.
            models.UniqueConstraint(
                fields=["pilot", "action"],
                condition=Q(state="attente"),
                name="actions_one_question_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["state", "next_step_at"], name="actions_question_due")]

    def __str__(self) -> str:
        return f"{self.action_id} ({self.get_state_display()})"


class PilotUpdateQuerySet(models.QuerySet):
    """Sentences about what pilots told."""

    def waiting(self) -> Self:
        return self.filter(state=UpdateState.WAITING)


class PilotUpdate(models.Model):
    """What a pilot told of an action; nothing of it is public before somebody approves it.

    ``difficulties`` never is: only the coordinator reads it. Steps and indicators are named by
    their translation key, which a new version of the page does not change.
    """

    unseen_by_readers = True
    personal_fields = ("pilot", "difficulties", "decided_by")

    action = models.ForeignKey(
        "actions.ActionPage",
        verbose_name=_("fiche-action"),
        on_delete=models.CASCADE,
        related_name="pilot_updates",
    )
    pilot = models.ForeignKey(
        Pilot,
        verbose_name=_("pilote"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="updates",
    )
    #: One answer for each question, even when its button is pressed twice at once.
    request = models.OneToOneField(
        PilotRequest, null=True, on_delete=models.SET_NULL, related_name="update"
    )
    status = models.CharField(_("état"), max_length=12, choices=ActionStatus)
    status_reason = models.TextField(_("raison publique"), blank=True)
    done_steps = models.JSONField(_("étapes faites"), default=list)
    #: The key of an indicator, and its value of the day as text: « 18.5 ».
    values = models.JSONField(_("chiffres"), default=dict)
    sentence = models.CharField(_("une phrase pour le public"), max_length=240, blank=True)
    difficulties = models.TextField(_("difficultés"), blank=True)
    nothing_changed = models.BooleanField(_("rien n’a changé"), default=False)
    state = models.CharField(
        _("relecture"), max_length=8, choices=UpdateState, default=UpdateState.WAITING
    )
    received_at = models.DateTimeField(_("reçu le"), default=timezone.now)
    decided_at = models.DateTimeField(_("relu le"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PilotUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("nouvelle d’un pilote")
        verbose_name_plural = _("nouvelles des pilotes")
        ordering = ["received_at", "pk"]

    def __str__(self) -> str:
        return f"{self.action_id} ({self.get_state_display()})"
