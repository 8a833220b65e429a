"""What an action sheet holds several times: partners, funders, steps, notes, documents, places."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from actions.choices import PartnerRole
from portal.base.translation_fields import TranslatedFact


class ActionPartner(Orderable):
    """An organisation that leads the action or takes part; never a person."""

    personal_fields = ()

    page = ParentalKey("actions.ActionPage", on_delete=models.CASCADE, related_name="partners")
    role = models.CharField(
        _("rôle"), max_length=12, choices=PartnerRole, default=PartnerRole.PARTNER
    )
    resource = models.ForeignKey(
        "resources.ResourcePage",
        verbose_name=_("fiche de l’annuaire"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="action_partnerships",
    )
    name = models.CharField(
        _("ou un nom"),
        max_length=160,
        blank=True,
        help_text=_("Quand la structure n’a pas de fiche. Une structure, jamais une personne."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("pilote ou partenaire")
        verbose_name_plural = _("pilotes et partenaires")

    panels = [FieldPanel("role"), FieldRowPanel([FieldPanel("resource"), FieldPanel("name")])]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if not self.resource_id and not self.name.strip():
            raise ValidationError(
                {"name": _("Choisissez une fiche de l’annuaire ou écrivez un nom.")}
            )

    @property
    def label(self) -> str:
        return self.resource.title if self.resource else self.name


class ActionFunder(Orderable):
    """Who pays, and how much when it is public."""

    personal_fields = ()

    page = ParentalKey("actions.ActionPage", on_delete=models.CASCADE, related_name="funders")
    name = models.CharField(_("financeur"), max_length=160)
    amount = models.DecimalField(
        _("montant en euros"), max_digits=11, decimal_places=2, null=True, blank=True
    )
    year = models.PositiveSmallIntegerField(_("année"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("financeur")
        verbose_name_plural = _("financeurs")

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("year")]),
    ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.amount is not None and self.amount < 0:
            raise ValidationError({"amount": _("Un montant ne peut pas être négatif.")})


class ActionStep(TranslatableMixin, Orderable):
    """One step of the calendar, done or not."""

    personal_fields = ()

    page = ParentalKey("actions.ActionPage", on_delete=models.CASCADE, related_name="steps")
    label = models.CharField(_("étape"), max_length=160)
    due_on = models.DateField(_("échéance"), null=True, blank=True)
    period = models.CharField(
        _("ou une période"),
        max_length=60,
        blank=True,
        help_text=_("Quand le jour n’est pas connu : « printemps 2027 ». Sans échéance."),
    )
    done_on = models.DateField(
        _("faite le"), null=True, blank=True, help_text=_("Vide tant que l’étape n’est pas faite.")
    )

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("étape")
        verbose_name_plural = _("étapes")

    panels = [
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("due_on"), FieldPanel("period"), FieldPanel("done_on")]),
    ]
    override_translatable_fields = [
        TranslatableField("label"),
        TranslatedFact("period"),
        SynchronizedField("due_on", overridable=False),
        SynchronizedField("done_on", overridable=False),
    ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.done_on and self.done_on > timezone.localdate():
            raise ValidationError({"done_on": _("Cette date est à venir.")})

    @property
    def when(self) -> str:
        """« mars 2026 »: when it was done, else when it is due, in a reader's words."""
        day = self.done_on or self.due_on
        return date_format(day, "F Y").capitalize() if day else self.period

    @property
    def is_done(self) -> bool:
        return self.done_on is not None

    def is_overdue(self, today: date) -> bool:
        return not self.is_done and self.due_on is not None and self.due_on < today


class ActionNote(TranslatableMixin, Orderable):
    """An entry of the journal. It stays internal until someone decides that it is public."""

    personal_fields = ()

    page = ParentalKey("actions.ActionPage", on_delete=models.CASCADE, related_name="notes")
    date = models.DateField(_("date"), default=timezone.localdate)
    title = models.CharField(_("titre"), max_length=240)
    text = models.TextField(_("texte"), blank=True)
    is_public = models.BooleanField(
        _("publique"),
        default=False,
        help_text=_("Décochée, la note n’est lue que des personnes qui écrivent le portail."),
    )

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("note du journal")
        verbose_name_plural = _("notes du journal")

    panels = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("is_public")]),
        FieldPanel("title"),
        FieldPanel("text"),
    ]
    override_translatable_fields = [
        TranslatableField("title"),
        TranslatableField("text"),
        SynchronizedField("date", overridable=False),
        SynchronizedField("is_public", overridable=False),
    ]

    def __str__(self) -> str:
        return self.title


class ActionDocument(TranslatableMixin, Orderable):
    """A file that goes with the action."""

    personal_fields = ()

    page = ParentalKey("actions.ActionPage", on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    title = models.CharField(
        _("titre"), max_length=160, blank=True, help_text=_("Vide : le titre du fichier.")
    )
    date = models.DateField(_("date du document"), null=True, blank=True)

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    panels = [
        FieldPanel("document"),
        FieldRowPanel([FieldPanel("title"), FieldPanel("date")]),
    ]
    override_translatable_fields = [
        TranslatableField("title"),
        SynchronizedField("document"),  # a language may have its own file
        SynchronizedField("date", overridable=False),
    ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.title or self.document.title


class ActionResource(TranslatableMixin, Orderable):
    """A place of the directory that the action changes, and what it changes there."""

    personal_fields = ()

    page = ParentalKey(
        "actions.ActionPage", on_delete=models.CASCADE, related_name="linked_resources"
    )
    resource = models.ForeignKey(
        "resources.ResourcePage",
        verbose_name=_("fiche de l’annuaire"),
        on_delete=models.CASCADE,
        related_name="linked_actions",
    )
    change = models.CharField(
        _("ce que l’action change ici"),
        max_length=200,
        blank=True,
        help_text=_("Une phrase : « Un premier rendez-vous en deux semaines »."),
    )

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("lieu concerné")
        verbose_name_plural = _("lieux concernés")

    panels = [FieldPanel("resource"), FieldPanel("change")]
    override_translatable_fields = [
        TranslatedFact("change"),
        SynchronizedField("resource", overridable=False),
    ]

    def __str__(self) -> str:
        return self.change or str(self.resource)
