from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.base.admin_screens import OnlyForWhoMayUse, report_urls
from portal.base.help_review import LOG_ACTION
from portal.base.help_review_screen import (
    HelpReviewPanel,
    HelpReviewView,
    VerifyLineView,
)
from portal.base.imports.screens import URLS as IMPORTS
from portal.base.models import GlossaryTerm, HelpLine
from portal.base.navigation import language_of
from portal.base.periodic_report import (
    BlockedPublicationsPanel,
    PeriodicJobsView,
)
from portal.base.rich_text import PageLinkHandler
from portal.base.second_person import TwoPeoplePolicy
from portal.base.second_person_hooks import UnpublishAloneView


class HelpLineViewSet(SnippetViewSet):
    model = HelpLine
    icon = "help"
    list_display = ["situation", "name", "number", "is_crisis", "verified_on"]
    list_filter = ["is_crisis", "channel"]
    ordering = ["-is_crisis", "order", "name"]
    unpublish_view_class = UnpublishAloneView

    @property
    def permission_policy(self) -> TwoPeoplePolicy:
        return TwoPeoplePolicy(self.model)


class GlossaryTermViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    list_display = ["term", "expansion", "is_explained_in_texts"]
    ordering = ["term"]


register_snippet(HelpLineViewSet)
register_snippet(GlossaryTermViewSet)


@hooks.register("register_rich_text_features", order=10)
def write_page_links_in_one_query(features: FeatureRegistry) -> None:
    features.register_link_type(PageLinkHandler)


@hooks.register("register_reports_menu_item")
def periodic_jobs_menu_item() -> MenuItem:
    address = reverse("periodic_jobs")
    return OnlyForWhoMayUse(
        _("Tâches du portail"), address, view_class=PeriodicJobsView, icon_name="history", order=720
    )


@hooks.register("register_admin_urls")
def periodic_jobs_urls() -> list[URLPattern]:
    return report_urls("reports/taches/", PeriodicJobsView)


@hooks.register("register_admin_urls")
def imports_urls() -> list[URLResolver]:
    return [path("importer/", include((IMPORTS, "imports"), namespace="imports"))]


@hooks.register("register_reports_menu_item")
def help_review_menu_item() -> MenuItem:
    address = reverse("help_review")
    return OnlyForWhoMayUse(
        _("Numéros à vérifier"), address, view_class=HelpReviewView, icon_name="warning", order=700
    )


@hooks.register("register_admin_urls")
def help_review_urls() -> list[URLPattern]:
    return [
        *report_urls("reports/numeros/", HelpReviewView),
        path("reports/numeros/<int:pk>/", VerifyLineView.as_view(), name="help_review_verify"),
    ]


@hooks.register("register_log_actions")
def help_review_in_the_history(actions: Any) -> None:
    actions.register_action(LOG_ACTION, _("Vérifier"), _("Numéro vérifié à sa source"))


@hooks.register("construct_homepage_panels")
def numbers_to_read_again(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(HelpReviewPanel())


@hooks.register("construct_homepage_panels")
def what_could_not_be_published(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(BlockedPublicationsPanel())


@hooks.register("before_serve_page")
def show_a_page_in_its_own_language(
    page: Page, request: HttpRequest, serve_args: list[Any], serve_kwargs: dict[str, Any]
) -> HttpResponseRedirect | None:
    """A page that is not translated is read at its own address, never under another flag.

    Without this, /ar/ would show the French home page and call it Arabic. An alias that
    waits for its translation still holds the words of its source.
    """
    language = get_supported_content_language_variant(get_language() or "")
    if language_of(page) != language:
        return redirect(page.get_url(request))
    if page.alias_of_id and page.alias_of.locale_id != page.locale_id:
        return redirect(page.alias_of.get_url(request))
    return None
