"""Meetings of the governance: agenda, minutes, decisions and what became of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Locale, Orderable

from home.choices import DecisionState
from home.models.governance import GovernanceBody
from portal.base.editor_forms import EditorForm
from portal.forms.choice_fields import choice_field

#: The latest ones of a body; the others stay in the editor.
MEETINGS_SHOWN = 4


def get_bodies() -> dict[UUID, str]:
    """The bodies of the page of the PTSM in French, by the key that all languages share."""
    bodies = GovernanceBody.objects.filter(locale=Locale.get_default()).order_by("sort_order")
    return dict(bodies.values_list("uuid", "name"))


class MeetingForm(EditorForm):
    body = forms.TypedChoiceField(label=_("Instance"), coerce=UUID)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known: dict[Any, str] = dict(get_bodies())
        if self.instance.pk and self.instance.body not in known:
            known[self.instance.body] = gettext("(instance retirée de la page du PTSM)")
        choice_field(self, "body").choices = [("", "---------"), *known.items()]


class MeetingQuerySet(models.QuerySet):
    """Sentences about meetings."""

    def public(self) -> Self:
        """Those that readers may see, the latest first."""
        shown = self.filter(is_public=True).order_by("-date", "-pk")
        return shown.select_related("minutes").prefetch_related("decisions")


class Meeting(ClusterableModel):
    """One meeting of a body; internal until somebody says that readers may see it.

    It names its body by the key that the body keeps in all versions and languages of its page:
    the row of a body changes each time the page is published.
    """

    personal_fields = ()
    base_form_class = MeetingForm

    body = models.UUIDField(_("instance"), db_index=True)
    date = models.DateField(_("date"))
    place = models.CharField(_("lieu"), max_length=160, blank=True)
    agenda = models.TextField(_("ordre du jour"), blank=True)
    minutes = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("compte rendu"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("S’il n’est pas public, rangez-le dans un dossier privé."),
    )
    minutes_are_public = models.BooleanField(
        _("le public peut lire le compte rendu"), default=False
    )
    present = models.PositiveSmallIntegerField(
        _("personnes présentes"), null=True, blank=True, help_text=_("Un nombre, aucun nom.")
    )
    present_concerned = models.PositiveSmallIntegerField(
        _("dont personnes concernées et proches"), null=True, blank=True
    )
    is_public = models.BooleanField(
        _("le public voit cette réunion"),
        default=False,
        help_text=_("La date, l’ordre du jour, et les décisions cochées « publique »."),
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("réunion")
        verbose_name_plural = _("réunions")
        ordering = ["-date", "-pk"]

    panels = [
        FieldRowPanel([FieldPanel("body"), FieldPanel("date"), FieldPanel("place")]),
        FieldPanel("agenda"),
        MultiFieldPanel(
            [FieldPanel("minutes"), FieldPanel("minutes_are_public")], heading=_("Compte rendu")
        ),
        FieldRowPanel([FieldPanel("present"), FieldPanel("present_concerned")]),
        InlinePanel("decisions", heading=_("Décisions"), label=_("Décision")),
        FieldPanel("is_public"),
    ]

    def __str__(self) -> str:
        return date_format(self.date, "j F Y") if self.date else ""

    def clean(self) -> None:
        super().clean()
        errors = {}
        if (self.present_concerned or 0) > (self.present or 0):
            errors["present_concerned"] = _("C’est plus que toutes les personnes présentes.")
        if self.minutes_are_public and not self.minutes_id:
            errors["minutes"] = _("Choisissez le compte rendu à montrer.")
        if errors:
            raise ValidationError(errors)

    @property
    def concerned_share(self) -> int | None:
        """The share of personnes concernées and relatives among those present, in hundredths."""
        if not self.present or self.present_concerned is None:
            return None
        return round(100 * self.present_concerned / self.present)

    @property
    def public_decisions(self) -> list["MeetingDecision"]:
        return [one for one in self.decisions.all() if one.is_public]

    @property
    def public_minutes(self) -> Any:
        return self.minutes if self.minutes_are_public else None


def give_meetings(bodies: Iterable[GovernanceBody]) -> list[GovernanceBody]:
    """The bodies with their ``shown_meetings``, in two queries, and the days of their meetings.

    What a public meeting says is truer than the day that was typed beside it.
    """
    known = list(bodies)
    meetings = list(Meeting.objects.public())
    today = timezone.localdate()
    for body in known:
        own = [meeting for meeting in meetings if meeting.body == body.uuid]
        held_on = [meeting.date for meeting in own if meeting.date <= today]
        planned = [meeting.date for meeting in own if meeting.date > today]
        body.shown_meetings = own[:MEETINGS_SHOWN]
        body.last_meeting = max(filter(None, [body.last_meeting, *held_on]), default=None)
        body.next_meeting = min(planned, default=body.next_meeting)
    return known


class MeetingDecision(Orderable):
    """What a meeting decided, who does it, by when, and what became of it."""

    personal_fields = ()

    meeting = ParentalKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    text = models.CharField(_("décision"), max_length=240)
    owner = models.CharField(
        _("qui s’en occupe"),
        max_length=160,
        blank=True,
        help_text=_("Une structure ou un rôle, jamais un nom."),
    )
    due_on = models.DateField(_("pour le"), null=True, blank=True)
    state = models.CharField(
        _("suite"), max_length=10, choices=DecisionState, default=DecisionState.TO_DO
    )
    follow_up = models.CharField(_("ce qui a été fait"), max_length=240, blank=True)
    is_public = models.BooleanField(_("publique"), default=False)

    class Meta(Orderable.Meta):
        verbose_name = _("décision")
        verbose_name_plural = _("décisions")

    panels = [
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("owner"), FieldPanel("due_on"), FieldPanel("state")]),
        FieldPanel("follow_up"),
        FieldPanel("is_public"),
    ]

    def __str__(self) -> str:
        return self.text

    def is_late_on(self, today: date) -> bool:
        is_past = self.due_on is not None and self.due_on < today
        return is_past and self.state == DecisionState.TO_DO

    @property
    def is_late(self) -> bool:
        return self.is_late_on(timezone.localdate())
