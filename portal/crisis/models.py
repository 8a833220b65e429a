import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, RevisionMixin, TranslatableMixin, WorkflowMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.base.editor_forms import TranslatedSnippetForm
from portal.base.translation_fields import TranslatedFact
from portal.crisis.editor_choices import HelpChannel
from portal.crisis.line_hours import validate_line_hours


class HelpLineQuerySet(models.QuerySet):
    def public(self) -> "HelpLineQuerySet":
        """Published help lines whose number was verified at its source."""
        return self.filter(live=True, verified_on__isnull=False)


class HelpLine(
    WorkflowMixin, DraftStateMixin, RevisionMixin, TranslatableMixin, index.Indexed, models.Model
):
    """A national help number, told by the situation of the person who calls.

    A change waits until a second person has read it; readers see the last one approved.
    """

    personal_fields = ()
    needs_two_people = True
    base_form_class = TranslatedSnippetForm

    Channel = HelpChannel

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    situation = models.CharField(
        _("situation"),
        max_length=120,
        help_text=_("Avec les mots de la personne : « J’ai des idées suicidaires »."),
    )
    name = models.CharField(_("nom du service"), max_length=120)
    number = models.CharField(_("numéro"), max_length=20, blank=True)
    channel = models.CharField(
        _("moyen"), max_length=3, choices=HelpChannel, default=HelpChannel.PHONE
    )
    link = models.URLField(_("site"), blank=True)
    details = models.CharField(_("qui répond, pour qui"), max_length=200, blank=True)
    hours = models.CharField(_("horaires"), max_length=120, blank=True)
    opening_hours = models.CharField(
        _("horaires, pour dire « ouvert maintenant »"),
        max_length=200,
        blank=True,
        help_text=_(
            "Les mêmes horaires, dans la notation d’OpenStreetMap : « 24/7 » (toujours), "
            "« Mo-Su 09:00-23:00 » (tous les jours, de 9 h à 23 h). Un numéro fermé n’est alors "
            "jamais donné en premier. Vide : rien n’est dit."
        ),
    )
    cost = models.CharField(_("coût"), max_length=80, blank=True)
    is_crisis = models.BooleanField(_("urgence"), default=False)
    order = models.PositiveSmallIntegerField(_("ordre"), default=100)
    source = models.CharField(_("source"), max_length=300, blank=True)
    verified_on = models.DateField(
        _("vérifié le"),
        null=True,
        blank=True,
        help_text=_("Sans date, le numéro n’est pas montré."),
    )

    objects = HelpLineQuerySet.as_manager()

    panels = [
        FieldPanel("situation"),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("channel"), FieldPanel("link")]),
        FieldPanel("details"),
        FieldRowPanel([FieldPanel("hours"), FieldPanel("cost")]),
        FieldPanel("opening_hours"),
        FieldRowPanel([FieldPanel("is_crisis"), FieldPanel("order")]),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("verified_on")], heading=_("Fiabilité")),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]
    override_translatable_fields = [
        TranslatableField("situation"),
        TranslatedFact("name"),
        TranslatedFact("details"),
        TranslatedFact("hours"),
        TranslatedFact("cost"),
        SynchronizedField("number", overridable=False),
        SynchronizedField("channel", overridable=False),
        SynchronizedField("opening_hours", overridable=False),
        SynchronizedField("link", overridable=False),
        SynchronizedField("is_crisis", overridable=False),
        SynchronizedField("order", overridable=False),
        SynchronizedField("source", overridable=False),
        SynchronizedField("verified_on", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        app_label = "base"
        verbose_name = _("numéro d’aide")
        verbose_name_plural = _("numéros d’aide")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return f"{self.number} {self.name}".strip()

    def clean(self) -> None:
        super().clean()
        if self.opening_hours:
            try:
                validate_line_hours(self.opening_hours)
            except ValidationError as reason:
                raise ValidationError({"opening_hours": reason}) from None

    @transaction.atomic
    def publish(self, *args: Any, **kwargs: Any) -> Any:
        """Publish a revision, and in the same transaction all that follows from it."""
        return super().publish(*args, **kwargs)

    @transaction.atomic
    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        return super().unpublish(*args, **kwargs)

    @property
    def anchor(self) -> str:
        """Anchor of the line on the page of immediate help."""
        return f"ligne-{self.pk}"
