from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import ObjectList, TabbedInterface
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.search import index

from actions.blocks import OBJECTIVE_BLOCKS
from actions.choices import (
    COMMITTED,
    NEEDS_REASON,
    ActionDimension,
    ActionOrigin,
    ActionStatus,
    ParticipationLevel,
)
from actions.indicator_forms import ActionPageForm
from actions.models import action_panels
from actions.models.action_translations import TRANSLATIONS
from actions.models.example import ExampleMixin
from actions.number_format import sortable
from actions.presenter import ActionPresenter
from actions.progress import steps_sentence
from actions.querysets import ActionQuerySet
from portal.base.choices import Public
from portal.base.fields import CodesField, StreamField
from search.contracts import SearchDocument
from search.models import SearchablePage


class ActionPage(ExampleMixin, SearchablePage):
    """One action of the roadmap, told to everyone: why, what, who, when, and how far it is.

    What can be computed (lateness, progress, « proposée par l’évaluation ») is never typed;
    what is not known stays empty and the page says « pas encore publié ».
    """

    personal_fields = ()
    base_form_class = ActionPageForm
    parent_page_types = ["actions.ActionIndexPage"]
    subpage_types: list[str] = []
    page_description = _("Une action de la feuille de route : pourquoi, qui, quand, où on en est.")
    search_kind = "ACTION_PTSM"

    reference = models.CharField(
        _("référence"),
        max_length=12,
        help_text=_("Courte et unique, par exemple « 3.2 » : le public la cite."),
    )
    # « 3.10 » comes after « 3.2 »: numbers are padded to be sorted as text.
    sort_reference = models.CharField(max_length=60, editable=False, db_index=True)
    priority = models.ForeignKey(
        "actions.Priority",
        verbose_name=_("priorité"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
        help_text=_("Vide : l’action sert toutes les priorités."),
    )
    recommendations = ParentalManyToManyField(
        "actions.RecommendationPage",
        verbose_name=_("recommandations auxquelles l’action répond"),
        blank=True,
        related_name="actions",
    )
    why = RichTextField(
        _("pourquoi cette action"),
        blank=True,
        features=["bold", "link", "ul", "document-link"],
        help_text=_("Le constat de départ, avec sa source."),
    )
    objectives = StreamField(OBJECTIVE_BLOCKS, verbose_name=_("objectifs"), blank=True)
    dimensions = CodesField(
        _("dimensions"),
        choices=ActionDimension.choices,
        help_text=_("Ce que l’action touche, des trois volets d’un PTSM."),
    )
    publics = CodesField(_("pour qui"), choices=Public.choices)
    whole_department = models.BooleanField(_("tout le département"), default=False)
    territories = ParentalManyToManyField(
        "geo.Territory",
        verbose_name=_("territoires"),
        blank=True,
        related_name="actions",
        help_text=_("Rien de coché : le portail dit « territoire à préciser »."),
    )
    participation = models.CharField(
        _("place des personnes concernées et des proches"),
        max_length=20,
        choices=ParticipationLevel,
        default=ParticipationLevel.UNKNOWN,
    )
    participation_text = models.TextField(
        _("comment elles participent"),
        blank=True,
        help_text=_("Qui (GEM, associations, usagers, proches), à quelles étapes."),
    )
    contact_email = models.EmailField(
        _("adresse de contact"),
        blank=True,
        help_text=_("Une adresse générique, jamais celle d’une personne."),
    )
    status = models.CharField(
        _("état"), max_length=12, choices=ActionStatus, default=ActionStatus.PROPOSED, db_index=True
    )
    status_reason = models.TextField(
        _("raison publique"),
        blank=True,
        help_text=_("Demandée quand l’action est en pause ou abandonnée : le public la lit."),
    )
    start = models.DateField(_("début"), null=True, blank=True)
    planned_end = models.DateField(_("fin prévue"), null=True, blank=True, db_index=True)
    actual_end = models.DateField(_("fin réelle"), null=True, blank=True)
    review_on = models.DateField(
        _("prochain point d’étape"),
        null=True,
        blank=True,
        help_text=_("Quand l’état de cette action sera revu."),
    )

    source = models.CharField(
        _("source de ces informations"),
        max_length=250,
        blank=True,
        help_text=_("Qui le dit, où, quand. Elle paraît au bas de la fiche."),
    )

    objects = PageManager.from_queryset(ActionQuerySet)()

    class Meta:
        verbose_name = _("fiche-action")
        verbose_name_plural = _("fiches-actions")

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [*SearchablePage.content_panels, *action_panels.STORY], heading=_("L’action")
            ),
            ObjectList(action_panels.PEOPLE, heading=_("Qui et où")),
            ObjectList(action_panels.CALENDAR, heading=_("Où en est-on")),
            ObjectList(action_panels.MEASURE, heading=_("Indicateurs et documents")),
            ObjectList(SearchablePage.promote_panels, heading=_("Partage")),
            ObjectList(SearchablePage.settings_panels, heading=_("Réglages")),
        ]
    )
    search_fields = [
        *SearchablePage.search_fields,
        index.SearchField("reference"),
        index.SearchField("why"),
        index.SearchField("objectives"),
        index.FilterField("status"),
        index.FilterField("priority_id"),
    ]
    override_translatable_fields = [
        *SearchablePage.override_translatable_fields,
        *TRANSLATIONS,
    ]

    def clean(self) -> None:
        super().clean()
        self.reference = self.reference.strip()
        errors: dict[str, Any] = {}
        if self.status in NEEDS_REASON and not self.status_reason.strip():
            errors["status_reason"] = _(
                "Dites pourquoi l’action est en pause ou abandonnée : le public le lira."
            )
        if self.reference and self._reference_is_taken():
            errors["reference"] = _("Une autre fiche-action porte déjà cette référence.")
        if self.start and self.planned_end and self.planned_end < self.start:
            errors["planned_end"] = _("La fin prévue vient avant le début.")
        if self.start and self.actual_end and self.actual_end < self.start:
            errors["actual_end"] = _("La fin réelle vient avant le début.")
        if errors:
            raise ValidationError(errors)

    def _reference_is_taken(self) -> bool:
        others = ActionPage.objects.exclude(pk=self.pk).live()
        return others.filter(reference__iexact=self.reference, locale_id=self.locale_id).exists()

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.sort_reference = sortable(self.reference)
        return super().save(*args, **kwargs)

    def get_admin_display_title(self) -> str:
        return f"{self.reference} – {super().get_admin_display_title()}".lstrip(" –")

    @property
    def menu_title(self) -> str:
        return self.short_title or str(_("Action %(ref)s") % {"ref": self.reference})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["presenter"] = ActionPresenter(self, is_draft=getattr(request, "is_preview", False))
        return context

    def get_cache_key_components(self) -> list[Any]:
        """What the page holds itself is kept between two versions of it."""
        return [*super().get_cache_key_components(), self.uuid, self.latest_revision_id]

    @cached_property
    def ordered_steps(self) -> list[Any]:
        return list(self.steps.all())

    def is_late_on(self, today: date) -> bool:
        """Someone committed to a date, and it is past: that of the end or of a step."""
        if self.status not in COMMITTED:
            return False
        if self.planned_end and self.planned_end < today:
            return True
        return any(step.is_overdue(today) for step in self.ordered_steps)

    @cached_property
    def is_late(self) -> bool:
        return self.is_late_on(timezone.localdate())

    @cached_property
    def steps_total(self) -> int:
        return len(self.ordered_steps)

    @cached_property
    def steps_done(self) -> int:
        return sum(step.is_done for step in self.ordered_steps)

    @property
    def steps_sentence(self) -> str:
        return steps_sentence(self.steps_done, self.steps_total)

    @cached_property
    def answered(self) -> list[Any]:
        """The published recommendations that this action answers, the evaluation's first."""
        # A preview holds them in memory: only what both kinds of querysets know is asked.
        published = [page for page in self.recommendations.all() if page.live]
        origins = list(ActionOrigin)
        return sorted(published, key=lambda page: (origins.index(page.origin), page.number or 0))

    @cached_property
    def answers_evaluation(self) -> bool:
        return any(page.origin == ActionOrigin.EVALUATION for page in self.answered)

    @property
    def is_proposed_by_evaluation(self) -> bool:
        """Nobody has taken it up yet: it only follows from the evaluation of the PTSM."""
        return self.status == ActionStatus.PROPOSED and self.answers_evaluation

    @property
    def status_label(self) -> str:
        if self.is_proposed_by_evaluation:
            return str(_("Proposée par l’évaluation"))
        return self.get_status_display()

    @property
    def status_badge(self) -> str:
        """The shape that goes with the words."""
        return {ActionStatus.DONE: "on", ActionStatus.RUNNING: "half"}.get(
            ActionStatus(self.status), ""
        )

    @property
    def dimensions_labels(self) -> list[str]:
        field: Any = self._meta.get_field("dimensions")
        return list(field.labels(self.dimensions))

    @property
    def publics_labels(self) -> list[str]:
        field: Any = self._meta.get_field("publics")
        return list(field.labels(self.publics))

    def structured_data(self) -> list[dict[str, Any]]:
        """The action as schema.org tells it; nothing for an example."""
        if self.is_example:
            return []
        data = {
            "@context": "https://schema.org",
            "@type": "Project",
            "name": self.title,
            "identifier": self.reference,
            "description": self.summary,
            "url": self.full_url,
            "dateModified": self.updated_on.isoformat(),
        }
        return [{name: value for name, value in data.items() if value}]

    def to_search_document(self) -> SearchDocument:
        words = [self.reference, self.stream_text(), self.participation_text]
        return replace(
            super().to_search_document(),
            body="\n".join(filter(None, words)),
            facets={
                "statut": (self.status,),
                "priorite": (str(self.priority.number),) if self.priority else (),
                "public": tuple(self.publics),
                "territoire": tuple(territory.slug for territory in self.territories.all()),
            },
        )
