"""``/api/annuaire.*`` and ``/api/data-inclusion/``: the whole directory, without any key."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from portal.api.decorators import HOUR, if_changed, public_data, refusal, too_many
from resources.open_data import files
from resources.open_data.files import DataFile
from resources.open_data.querysets import (
    EntryFilters,
    InvalidFilter,
    directory_stamp,
    read_filters,
)
from resources.open_data.written_files import note_wanted, open_written, unpacked

View = Callable[[HttpRequest], HttpResponseBase]


def _view(file: DataFile, *, takes_filters: bool = True) -> View:
    """A view that gives this file, of the entries of its filters."""

    @public_data(HOUR)
    def view(request: HttpRequest) -> HttpResponseBase:
        if refused := too_many(request, "data_files"):
            return refused
        try:
            filters = read_filters(request.GET) if takes_filters else EntryFilters()
        except SuspiciousOperation:  # more parameters than any question has
            return refusal(_("Trop de paramètres."), 400)
        except InvalidFilter as mistake:
            return refusal(str(mistake), 400)
        etag = directory_stamp(file.path)
        response = if_changed(request, etag, lambda: _answer(request, file, filters, etag))
        if response.has_header("Content-Encoding"):
            response["ETag"] = f"W/{etag}"  # the same text, compressed or not
        return response

    return view


def _answer(
    request: HttpRequest, file: DataFile, filters: EntryFilters, etag: str
) -> HttpResponseBase:
    """The file that is written, or that is written while it leaves."""
    address = request.build_absolute_uri("/")
    response: Any = None if any(filters) else _written(request, file, etag, address)
    if response is None:
        entries = files.read(filters.among(file.entries()))
        response = StreamingHttpResponse(file.chunks(address, entries))
    response["Content-Type"] = file.content_type
    if file.download:
        response["Content-Disposition"] = f'attachment; filename="{file.download}"'
    return response  # type: ignore[no-any-return]


def _written(
    request: HttpRequest, file: DataFile, etag: str, address: str
) -> HttpResponseBase | None:
    note_wanted(file)
    content = open_written(file, etag, address)
    if content is None or file.is_packed:
        return content and FileResponse(content)  # type: ignore[return-value]
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response: HttpResponseBase = FileResponse(content)
        response["Content-Encoding"] = "gzip"
    else:
        response = StreamingHttpResponse(unpacked(content))
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


annuaire_json = _view(files.JSON_FILE)
annuaire_csv = _view(files.CSV_FILE)
annuaire_xlsx = _view(files.XLSX_FILE)
annuaire_geojson = _view(files.GEOJSON_FILE)
structures = _view(files.STRUCTURES_FILE, takes_filters=False)
services = _view(files.SERVICES_FILE, takes_filters=False)
