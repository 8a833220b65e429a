"""The menu of the editor, and its words."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.wagtail_hooks import (
    AgingPagesReportMenuItem,
    ExplorerMenuItem,
    SiteHistoryReportMenuItem,
)
from wagtail.admin.widgets.button import Button
from wagtail.documents.wagtail_hooks import register_documents_menu_item
from wagtail.images.wagtail_hooks import register_images_menu_item
from wagtail.models import Page

from portal.editor.menu import (
    JOBS,
    arrange_main_menu,
    arrange_reports_menu,
    arrange_settings_menu,
)
from portal.editor.views import GuideView, WritingView


def _register_job(label: Any, menu: Menu, name: str, icon: str, order: int) -> None:
    item = SubmenuMenuItem(label, menu, name=name, icon_name=icon, order=order)
    hooks.register("register_admin_menu_item", lambda: item)


for _job in JOBS:
    _register_job(*_job)
hooks.register("construct_main_menu", arrange_main_menu)
hooks.register("construct_reports_menu", arrange_reports_menu)
hooks.register("construct_settings_menu", arrange_settings_menu)
hooks.register("register_content_menu_item", register_images_menu_item)
hooks.register("register_content_menu_item", register_documents_menu_item)


@hooks.register("insert_global_admin_css")
def editor_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("portal/css/editor.css"))


# Before wagtail-localize's own catalogue of the same address.
@hooks.register("register_admin_urls", order=-1)
def words_of_translation_screens() -> list[URLPattern]:
    catalogue = JavaScriptCatalog.as_view(packages=["wagtail_localize", "portal.editor"])
    return [path("localize/jsi18n/", catalogue, name="words_of_translation_screens")]


@hooks.register("register_admin_urls")
def guide_urls() -> list[URLPattern]:
    return [
        path("guide/", GuideView.as_view(), name="editor_guide"),
        path("pages/<int:pk>/ecriture/", WritingView.as_view(), name="editor_writing"),
    ]


@hooks.register("register_page_header_buttons")
def writing_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """« Relire l’écriture », in the « … » menu of a page that one may edit."""
    if view_name == "edit" and page.pk:
        address = reverse("editor_writing", args=[page.pk])
        yield Button(_("Relire l’écriture"), url=address, icon_name="glasses", priority=3)


@hooks.register("register_admin_menu_item")
def guide_menu_item() -> MenuItem:
    address = reverse("editor_guide")
    return MenuItem(_("Aide et guide"), address, name="guide", icon_name="help", order=20_000)


@hooks.register("construct_page_action_menu")
@hooks.register("construct_snippet_action_menu", order=-1)
def put_publication_first(items: list[Any], request: HttpRequest, context: Any) -> None:
    """« Publier » is the button in sight, for who may publish."""
    items.sort(key=lambda item: item.name != "action-publish")


@hooks.register("register_admin_menu_item")
def home_menu_item() -> MenuItem:
    home = reverse("wagtailadmin_home")
    return MenuItem(_("À faire"), home, name="a-faire", icon_name="tasks", order=10)


class PagesMenuItem(ExplorerMenuItem):
    """A plain link: the panel that slides over the menu leads nowhere else."""

    render_component = MenuItem.render_component


@hooks.register("register_content_menu_item")
def pages_menu_item() -> MenuItem:
    address = reverse("wagtailadmin_explore_root")
    return PagesMenuItem(_("Pages"), address, icon_name="folder-open-inverse", order=10)


@hooks.register("register_content_menu_item")
def aging_pages_menu_item() -> MenuItem:
    address = reverse("wagtailadmin_reports:aging_pages")
    return AgingPagesReportMenuItem(_("Pages à relire"), address, icon_name="time", order=600)


@hooks.register("register_settings_menu_item")
def journal_menu_item() -> MenuItem:
    address = reverse("wagtailadmin_reports:site_history")
    return SiteHistoryReportMenuItem(_("Journal"), address, icon_name="history", order=9000)
