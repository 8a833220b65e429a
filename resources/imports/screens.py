"""The table of entries, to be downloaded from « Importer ou exporter un tableau »."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path

from wagtail import hooks

from resources.imports.download import table_as_csv, table_as_xlsx
from resources.imports.entries import EntryTarget


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
