from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.choices import GovernanceAim
from home.models.meeting import give_meetings
from home.models.territory import TerritoryIndexPage
from home.models.youth import YouthPage
from home.page_content import ptsm_content
from portal.base.choices import Public
from portal.base.fields import CodesField, StreamField
from portal.blocks import BODY_BLOCKS
from search.models import SearchablePage


class PtsmPage(SearchablePage):
    """Serves whoever wants to understand the project: what it is, who decides, where it stands.

    Priorities, recommendations and their progress are computed from the action sheets.
    What is not filled in is said to be « pas encore publié », never guessed.
    """

    personal_fields = ()
    page_description = _("Le PTSM : priorités, gouvernance, documents, réponses à l’évaluation.")
    parent_page_types = ["home.HomePage"]
    max_count_per_parent = 1
    search_kind = "PAGE_PTSM"
    search_words = "PTSM projet territorial de santé mentale"

    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("ce que c’est"))
    period_start = models.PositiveSmallIntegerField(_("première année"), null=True, blank=True)
    period_end = models.PositiveSmallIntegerField(
        _("dernière année"),
        null=True,
        blank=True,
        help_text=_("Vide tant qu’elle n’est pas fixée."),
    )
    generation = models.PositiveSmallIntegerField(
        _("génération"),
        null=True,
        blank=True,
        help_text=_("1 pour le premier PTSM du département, 2 pour le suivant…"),
    )
    framework = models.CharField(
        _("cadre"), max_length=200, blank=True, help_text=_("La loi, en une phrase simple.")
    )
    steering = models.CharField(
        _("porté par"), max_length=200, blank=True, help_text=_("Qui anime, et qui pilote.")
    )
    publics = CodesField(_("publics"), choices=Public)
    publics_text = models.TextField(_("pour qui, en une phrase"), blank=True)
    youth = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("enfants et adolescents"))
    governance_intro = models.TextField(_("gouvernance, en une phrase"), blank=True)
    lead_role = models.CharField(
        _("rôle à contacter"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("Un rôle, jamais un nom : « chef de projet opérationnel du PTSM »."),
    )
    deputy_role = models.CharField(
        _("en son absence"), max_length=120, blank=True, help_text=_("Un rôle, jamais un nom.")
    )
    has_mission_letter = models.BooleanField(
        _("lettre de mission de l’ARS"), null=True, blank=True, help_text=_("Vide : non publié.")
    )
    evaluation_intro = models.TextField(
        _("au-dessus des recommandations"),
        blank=True,
        help_text=_("Qui a évalué, quand. Le tableau est calculé d’après les fiches-actions."),
    )

    class Meta:
        verbose_name = _("page du PTSM")
        verbose_name_plural = _("pages du PTSM")

    content_panels = [
        *SearchablePage.content_panels,
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("period_start"),
                        FieldPanel("period_end"),
                        FieldPanel("generation"),
                    ]
                ),
                FieldPanel("framework"),
                FieldPanel("steering"),
            ],
            heading=_("En bref"),
        ),
        MultiFieldPanel(
            [FieldPanel("publics_text"), FieldPanel("publics"), FieldPanel("youth")],
            heading=_("Pour qui"),
        ),
        MultiFieldPanel(
            [FieldPanel("governance_intro"), InlinePanel("bodies", label=_("Instance"))],
            heading=_("Gouvernance"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("lead_role"),
                FieldPanel("deputy_role"),
                FieldPanel("has_mission_letter"),
            ],
            heading=_("À qui s’adresser"),
        ),
        InlinePanel("articulations", heading=_("Avec qui le PTSM travaille"), label=_("Lien")),
        FieldPanel("evaluation_intro"),
        InlinePanel("documents", heading=_("Documents"), label=_("Document")),
    ]
    search_fields = [*SearchablePage.search_fields, index.SearchField("body")]

    override_translatable_fields = [
        *SearchablePage.override_translatable_fields,
        *(
            TranslatableField(name)
            for name in (
                "body",
                "framework",
                "steering",
                "publics_text",
                "youth",
                "governance_intro",
                "lead_role",
                "deputy_role",
                "evaluation_intro",
                "bodies",
                "articulations",
                "documents",
            )
        ),
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "period_start",
                "period_end",
                "generation",
                "publics",
                "has_mission_letter",
            )
        ),
    ]

    def clean(self) -> None:
        super().clean()
        if self.period_start and self.period_end and self.period_end < self.period_start:
            message = _("La dernière année vient après la première.")
            raise ValidationError({"period_end": message})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs) | ptsm_content(self)
        return context | {
            "youth_url": YouthPage.address(self.locale_id),
            "territories_url": TerritoryIndexPage.address(self.locale_id),
        }

    @cached_property
    def bodies_by_aim(self) -> list[tuple[str, list[Any]]]:
        """The four aims of the governance, each with its bodies: none when not published."""
        bodies = give_meetings(self.bodies.all())
        return [
            (str(aim.label), [body for body in bodies if aim in body.aims]) for aim in GovernanceAim
        ]

    @property
    def public_labels(self) -> list[str]:
        return self._meta.get_field("publics").labels(self.publics)
