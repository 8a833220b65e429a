"""Download of the template spreadsheet, and the import button of the roadmap."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from actions.imports.import_types import ACTIONS
from actions.imports.target import ActionTarget, source_language_pages
from actions.imports.workbook import actions_workbook
from actions.models import ActionPage
from actions.roadmap.models import ActionIndexPage


def template(request: HttpRequest) -> HttpResponse:
    """Download the spreadsheet to fill, with the actions that exist."""
    if not ActionTarget.allows(request.user):
        raise PermissionDenied
    return actions_workbook(source_language_pages(ActionPage).order_by("sort_reference"))


def list_of_actions(request: HttpRequest) -> HttpResponse:
    """Redirect to the roadmap in the explorer."""
    index = source_language_pages(ActionIndexPage).order_by("path").first()
    if index is None:
        return HttpResponseRedirect(reverse("wagtailadmin_explore_root"))
    return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[index.pk]))


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("fiches-actions/", list_of_actions, name="actions_list"),
        path("fiches-actions/fiches-actions.xlsx", template, name="actions_template"),
    ]


@hooks.register("register_page_header_buttons")
def import_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Any:
    """Add the import to the « … » menu of the roadmap."""
    if issubclass(page.specific_class or Page, ActionIndexPage) and ActionTarget.allows(user):
        yield Button(
            _("Importer des fiches-actions"), url=ACTIONS.url, icon_name="upload", priority=80
        )
