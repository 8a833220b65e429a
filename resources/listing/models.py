"""The page of the directory: its search, its results and « Ma sélection »."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail_localize.fields import TranslatableField

from portal.base.fields import StreamField
from portal.base.navigation import LanguageLink
from portal.base.offline_copies import SELECTION, allow_offline_copy
from portal.blocks import BODY_BLOCKS
from portal.cache.cached import get_or_set
from resources.listing.results_page import ResultsPage
from resources.listing.selection import EntrySelection
from resources.page_urls import get_finder_url
from resources.selection_params import SELECTION_PATH
from search.models import SearchablePage
from search.services.unanswered import note_unanswered


class DirectoryPage(RoutablePageMixin, SearchablePage):
    """The directory: whoever looks for help says what and where, and gets a list."""

    personal_fields = ()
    page_description = _("L’annuaire : la recherche et la liste de toutes les fiches.")
    parent_page_types = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = [
        "resources.ResourcePage",
        "resources.CmpPage",
        "resources.GemPage",
        "resources.ClsmPage",
        "resources.SectorFinderPage",
    ]
    max_count_per_parent = 1
    admin_default_ordering = "title"
    search_kind = ""  # it is the page of the answers

    not_found_help = StreamField(
        BODY_BLOCKS,
        blank=True,
        verbose_name=_("quand on ne trouve pas"),
        help_text=_("Sous la liste : qui appeler, où demander."),
    )

    class Meta:
        app_label = "resources"
        verbose_name = _("annuaire")
        verbose_name_plural = _("annuaires")

    content_panels = [*SearchablePage.content_panels, FieldPanel("not_found_help")]
    override_translatable_fields = [
        *SearchablePage.override_translatable_fields,
        TranslatableField("not_found_help"),
    ]

    @path(SELECTION_PATH)
    def selection(self, request: HttpRequest) -> TemplateResponse:
        """« Ma sélection »: what its address holds, and nothing kept here."""
        context = super().get_context(request)
        context["selection"] = EntrySelection(self.url or "", self.selection_url, request.GET)
        context["letter_url"] = context["selection"].letter_url(
            request.build_absolute_uri(context["selection"].url)
        )
        response = TemplateResponse(request, "resources/listing/selection.html", context)
        add_never_cache_headers(response)
        allow_offline_copy(request, response, SELECTION)
        return response

    @property
    def selection_url(self) -> str:
        return f"{self.url}{self.reverse_subpage('selection')}"

    @property
    def finder_url(self) -> str:
        return get_finder_url(self.locale_id)

    @cached_property
    def ancestors_in_site(self) -> list[Page]:
        return get_or_set(
            f"ancestors:{self.pk}", lambda: super(DirectoryPage, self).ancestors_in_site
        )

    @cached_property
    def languages(self) -> list[LanguageLink]:
        return get_or_set(f"languages:{self.pk}", lambda: super(DirectoryPage, self).languages)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        listing = ResultsPage(self, request.GET)
        if listing.has_no_answer and not getattr(request, "is_preview", False):
            note_unanswered(request, listing.question.text, listing.answers.understood)
        return context | {"listing": listing}
