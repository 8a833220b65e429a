"""The page « Quel est mon CMP ? »."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail_localize.fields import TranslatableField

from portal.base.fields import StreamField
from portal.blocks import BODY_BLOCKS
from resources.sectors.finder import SectorFinder
from resources.sectors.table import SectorTable
from search.models import SearchablePage


class SectorFinderPage(RoutablePageMixin, SearchablePage):
    """« Quel est mon CMP ? »: a commune and an age give the doors of public care."""

    personal_fields = ()
    page_description = _("« Quel est mon CMP ? » : la réponse selon la commune et l’âge.")
    parent_page_types = ["resources.DirectoryPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    search_words = "CMP secteur commune"

    unsure_help = StreamField(
        BODY_BLOCKS,
        blank=True,
        verbose_name=_("quand on hésite"),
        help_text=_("Sous la réponse : ce qui est propre à votre département."),
    )

    class Meta:
        app_label = "resources"
        verbose_name = _("« Quel est mon CMP ? »")
        verbose_name_plural = _("« Quel est mon CMP ? »")

    content_panels = [*SearchablePage.content_panels, FieldPanel("unsure_help")]
    override_translatable_fields = [
        *SearchablePage.override_translatable_fields,
        TranslatableField("unsure_help"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["finder"] = SectorFinder(self, request.GET)
        return context

    @path("communes/")
    def communes(self, request: HttpRequest) -> TemplateResponse:
        """Every commune with its sectors and CMPs, to be read or printed."""
        overrides = {"table": SectorTable(self.locale_id)}
        template = "resources/sectors/table.html"
        return self.render(request, template=template, context_overrides=overrides)

    @property
    def directory_url(self) -> str:
        return (self.ancestors_in_site[-1].url or "") if self.ancestors_in_site else ""

    @property
    def all_cmps_url(self) -> str:
        return f"{self.directory_url}?type=cmp&type=cmpea"

    @property
    def communes_url(self) -> str:
        return f"{self.url}{self.reverse_subpage('communes')}"
