from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from actions.choices import ActionOrigin, RecommendationResponse
from actions.querysets import RecommendationQuerySet
from actions.responses import ResponseState, response_state
from portal.base.models import IndexPage
from portal.base.translation_fields import TranslatedFact
from search.contracts import SearchDocument
from search.models import SearchablePage


class RecommendationIndexPage(SearchablePage, IndexPage):
    """The public table « recommandation → réponse → actions → avancement ».

    It serves whoever asks what the PTSM did with its evaluation; every cell is computed.
    """

    personal_fields = ()
    parent_page_types = ["home.PtsmPage"]
    subpage_types = ["actions.RecommendationPage"]
    max_count_per_parent = 1
    page_description = _("Le tableau des recommandations et des réponses ; il se remplit seul.")
    search_kind = "PAGE_PTSM"
    search_words = "évaluation audit réponses"

    class Meta:
        verbose_name = _("recommandations")
        verbose_name_plural = _("pages des recommandations")

    content_panels = [
        *SearchablePage.content_panels,
        FieldPanel("body", help_text=_("Avant le tableau : qui a évalué, quand, comment.")),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["groups"] = self.groups
        return context

    @cached_property
    def groups(self) -> list[tuple[str, list["RecommendationPage"]]]:
        """The published recommendations under this page, by origin."""
        rows = RecommendationPage.objects.child_of(self).live().in_order().table()
        groups: dict[str, list[RecommendationPage]] = {}
        for row in rows:
            groups.setdefault(row.get_origin_display(), []).append(row)
        return list(groups.items())


class RecommendationPage(SearchablePage):
    """What an evaluation or an audit asked, what the PTSM answers, and which actions follow."""

    personal_fields = ()
    parent_page_types = ["actions.RecommendationIndexPage"]
    subpage_types: list[str] = []
    page_description = _("Une recommandation, la réponse du PTSM et les actions qui en découlent.")
    search_kind = "PAGE_PTSM"

    origin = models.CharField(
        _("origine"), max_length=16, choices=ActionOrigin, default=ActionOrigin.EVALUATION
    )
    number = models.PositiveSmallIntegerField(
        _("numéro"), null=True, blank=True, help_text=_("Son rang dans le document d’origine.")
    )
    source = models.CharField(
        _("document d’origine"),
        max_length=250,
        blank=True,
        help_text=_("Titre, auteur et date du rapport ou de la page."),
    )
    source_url = models.URLField(_("adresse du document"), blank=True)
    source_document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("document à télécharger"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    text = models.TextField(
        _("ce qui est recommandé"), help_text=_("En mots simples, sans trahir le document.")
    )
    response = models.CharField(
        _("réponse du PTSM"),
        max_length=16,
        choices=RecommendationResponse,
        blank=True,
        help_text=_("Vide : le portail dit « réponse attendue »."),
    )
    response_reason = models.TextField(
        _("pourquoi"),
        blank=True,
        help_text=_("Demandé quand la réponse est « en partie », « à l’étude » ou « non »."),
    )
    responsible_body = models.CharField(
        _("instance responsable"),
        max_length=160,
        blank=True,
        help_text=_("Une instance ou un rôle, jamais un nom de personne."),
    )
    due_on = models.DateField(_("échéance"), null=True, blank=True)

    objects = PageManager.from_queryset(RecommendationQuerySet)()

    class Meta:
        verbose_name = _("recommandation")
        verbose_name_plural = _("recommandations")

    content_panels = [
        *SearchablePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("origin"), FieldPanel("number")]),
                FieldPanel("text"),
                FieldPanel("source"),
                FieldRowPanel([FieldPanel("source_url"), FieldPanel("source_document")]),
            ],
            heading=_("La recommandation"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("response"),
                FieldPanel("response_reason"),
                FieldRowPanel([FieldPanel("responsible_body"), FieldPanel("due_on")]),
            ],
            heading=_("La réponse du PTSM"),
            help_text=_(
                "Les actions qui répondent se choisissent dans chaque fiche-action : "
                "« où en est-on ? » se calcule seul."
            ),
        ),
    ]
    search_fields = [
        *SearchablePage.search_fields,
        index.SearchField("text"),
        index.SearchField("response_reason"),
        index.FilterField("origin"),
        index.FilterField("response"),
    ]
    override_translatable_fields = [
        *SearchablePage.override_translatable_fields,
        TranslatableField("text"),
        TranslatableField("source"),
        TranslatedFact("response_reason"),
        TranslatedFact("responsible_body"),
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "origin",
                "number",
                "source_url",
                "source_document",
                "response",
                "due_on",
            )
        ),
    ]

    def clean(self) -> None:
        super().clean()
        needs_reason = (
            RecommendationResponse.PARTIAL,
            RecommendationResponse.STUDIED,
            RecommendationResponse.REFUSED,
        )
        if self.response in needs_reason and not self.response_reason.strip():
            raise ValidationError(
                {"response_reason": _("Dites pourquoi : la réponse est publique.")}
            )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["answers"] = self.answers
        return context

    @cached_property
    def reference(self) -> str:
        """« Recommandation 3 », said where the origin is known."""
        if self.number is None:
            return str(_("Recommandation"))
        return str(_("Recommandation %(number)s") % {"number": self.number})

    @cached_property
    def answers(self) -> list[Any]:
        """The published actions that answer, in the language of this page."""
        known = getattr(self, "known_answers", None)
        if known is None:
            known = RecommendationPage.objects.published_actions().answering(self)
        return [action for action in known if action.locale_id == self.locale_id]

    @cached_property
    def state(self) -> ResponseState:
        """« Où en est-on ? », out of the actions that answer."""
        return response_state([action.status for action in self.answers])

    @property
    def response_label(self) -> str:
        """The answer in words; without one, that it is awaited."""
        return self.get_response_display() if self.response else str(_("Réponse attendue"))

    def to_search_document(self) -> SearchDocument:
        return replace(
            super().to_search_document(),
            body="\n".join(filter(None, [self.text, self.response_reason, self.source])),
            facets={"origine": (self.origin,), "reponse": (self.response or "attendue",)},
        )
