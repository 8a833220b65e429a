"""The menu item and the download of the table of entries, and the warning of a duplicate."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from portal.imports.menu import ImportMenuItem
from resources.duplicates import duplicate_message, find_duplicates
from resources.imports.download import table_as_csv, table_as_xlsx
from resources.imports.import_types import TABLE
from resources.imports.target import EntryTarget
from resources.models import ResourcePage

#: More would be a list that nobody reads.
_MOST = 3


def download(request: HttpRequest, form: str) -> HttpResponse | StreamingHttpResponse:
    """The whole directory, drafts and secret addresses too: for who may edit all of it."""
    if not EntryTarget.allows(request.user):
        raise PermissionDenied
    return table_as_xlsx() if form == "xlsx" else table_as_csv()


@hooks.register("register_admin_urls")
def table_urls() -> list[URLPattern]:
    return [
        path(f"importer/annuaire/tableau.{form}", download, {"form": form}, name=f"table_{form}")
        for form in ("csv", "xlsx")
    ]


@hooks.register("register_directory_menu_item")
def table_menu_item() -> MenuItem:
    return ImportMenuItem(TABLE, order=80)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_duplicates(request: HttpRequest, page: Page) -> None:
    """Said and no more: two services of one place may share a number."""
    entry = page.specific
    if not isinstance(entry, ResourcePage):
        return
    for why, known in find_duplicates(entry)[:_MOST]:
        address = reverse("wagtailadmin_pages:edit", args=[known.pk])
        buttons = [messages.button(address, _("Voir l’autre fiche"))]
        messages.warning(request, duplicate_message(why, known), buttons=buttons)
