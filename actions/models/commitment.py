"""Who commits to what, with what money, until when."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from actions.choices import CommitmentFrame, CommitmentState
from portal.base.editor_forms import EditorForm


class CommitmentQuerySet(models.QuerySet):
    """Sentences about commitments."""

    def public(self) -> Self:
        return self.filter(is_public=True)

    def in_order(self) -> Self:
        """By actor, then by date; those without a date last."""
        return self.order_by("actor", models.F("until").asc(nulls_last=True), "pk")


class Commitment(models.Model):
    """What one organisation has promised to do for the project; never a person.

    It is internal until somebody decides, line by line, that readers see it. In French, as the
    contract that it comes from.
    """

    personal_fields = ()
    base_form_class = EditorForm

    actor = models.CharField(
        _("qui s’engage"), max_length=160, help_text=_("Une structure, jamais une personne.")
    )
    what = models.CharField(
        _("à quoi"), max_length=240, help_text=_("Une phrase : « Ouvrir dix places à Arles ».")
    )
    frame = models.CharField(
        _("dans quel cadre"), max_length=12, choices=CommitmentFrame, default=CommitmentFrame.CTSM
    )
    action = models.ForeignKey(
        "actions.ActionPage",
        verbose_name=_("action"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="commitments",
    )
    means = models.CharField(
        _("avec quels moyens"),
        max_length=240,
        blank=True,
        help_text=_("Des postes, des locaux, du temps."),
    )
    funder = models.CharField(_("financé par"), max_length=160, blank=True)
    amount = models.DecimalField(
        _("montant en euros"),
        max_digits=11,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0), _("Un montant ne peut pas être négatif."))],
    )
    until = models.DateField(_("jusqu’à quand"), null=True, blank=True)
    state = models.CharField(
        _("où en est-il"),
        max_length=8,
        choices=CommitmentState,
        default=CommitmentState.TAKEN,
    )
    source = models.CharField(
        _("où c’est écrit"), max_length=200, blank=True, help_text=_("Le document, sa date.")
    )
    is_public = models.BooleanField(
        _("le public peut le lire"),
        default=False,
        help_text=_("Il paraît alors sur la page du PTSM, avec son montant s’il est écrit."),
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        ordering = ["actor", "pk"]

    panels = [
        FieldPanel("actor"),
        FieldPanel("what"),
        FieldRowPanel([FieldPanel("frame"), FieldPanel("action")]),
        MultiFieldPanel(
            [FieldPanel("means"), FieldRowPanel([FieldPanel("funder"), FieldPanel("amount")])],
            heading=_("Moyens"),
        ),
        FieldRowPanel([FieldPanel("until"), FieldPanel("state")]),
        FieldPanel("source"),
        FieldPanel("is_public"),
    ]

    def __str__(self) -> str:
        return f"{self.actor} : {self.what}"

    def clean(self) -> None:
        super().clean()
        self.actor = " ".join(self.actor.split())
        self.funder = " ".join(self.funder.split())
        errors = {}
        if not self.actor:
            errors["actor"] = _("Ce champ ne peut pas être vide.")
        if self.amount is not None and not self.funder:
            errors["funder"] = _("Dites qui donne cet argent.")
        if errors:
            raise ValidationError(errors)

    def is_late_on(self, today: date) -> bool:
        is_past = self.until is not None and self.until < today
        return is_past and self.state == CommitmentState.TAKEN

    @property
    def is_late(self) -> bool:
        return self.is_late_on(timezone.localdate())
