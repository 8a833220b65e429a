"""``/api/annuaire.*`` and ``/api/data-inclusion/``: the whole directory, without any key."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from portal.api.decorators import (
    HOUR,
    about,
    if_changed,
    public_data,
    refusal,
    too_many,
)
from portal.base.models import PortalSettings
from portal.exports.streaming import (
    CSV,
    GEOJSON,
    JSON,
    ROWS_AT_ONCE,
    csv_chunks,
    json_chunks,
    streaming_response,
)
from portal.exports.workbooks import XLSX
from resources.choices import EntryStatus
from resources.open_data import data_inclusion, rows
from resources.open_data.fields import open_data_values
from resources.open_data.querysets import (
    InvalidFilter,
    directory_stamp,
    open_entries,
    read_filters,
    with_exported_rows,
)
from resources.querysets import ResourceQuerySet

Make = Callable[[HttpRequest, Iterable[Any]], HttpResponseBase]


def _file(make: Make) -> Callable[[HttpRequest], HttpResponseBase]:
    """A view that gives the entries of its filters in one format."""

    @public_data(HOUR)
    def view(request: HttpRequest) -> HttpResponseBase:
        return answer(request, lambda: read_filters(request.GET).among(open_entries()), make)

    return view


def answer(
    request: HttpRequest, choose: Callable[[], ResourceQuerySet], make: Make
) -> HttpResponseBase:
    """The file that ``make`` writes of these entries, unless it is refused or already known."""
    if refused := too_many(request, "data_files"):
        return refused
    try:
        entries = choose()
    except SuspiciousOperation:  # more parameters than any question has
        return refusal(_("Trop de paramètres."), 400)
    except InvalidFilter as mistake:
        return refusal(str(mistake), 400)
    etag = directory_stamp(request.path)
    return if_changed(request, etag, lambda: make(request, _read(entries)))


def _read(entries: ResourceQuerySet) -> Iterator[Any]:
    return with_exported_rows(entries).iterator(chunk_size=ROWS_AT_ONCE)


def _address(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")


def _as_json(request: HttpRequest, entries: Iterable[Any]) -> HttpResponseBase:
    values = map(open_data_values, entries)
    return streaming_response(json_chunks(about(request), "fiches", values), JSON)


def _as_csv(request: HttpRequest, entries: Iterable[Any]) -> HttpResponseBase:
    return streaming_response(csv_chunks(rows.head(), rows.rows(entries)), CSV, "annuaire.csv")


def _as_xlsx(request: HttpRequest, entries: Iterable[Any]) -> HttpResponseBase:
    portal = PortalSettings.load()
    said = rows.about(_address(request), portal.operator or portal.site_name)
    file = rows.workbook(entries, said)
    return FileResponse(file, as_attachment=True, filename="annuaire.xlsx", content_type=XLSX)


def _as_geojson(request: HttpRequest, entries: Iterable[Any]) -> HttpResponseBase:
    collection = {"type": "FeatureCollection", **about(request)}
    return streaming_response(json_chunks(collection, "features", map(_feature, entries)), GEOJSON)


def _feature(entry: Any) -> dict[str, Any]:
    """An entry with its point; one whose place is masked or unknown has none."""
    point = entry.public_point
    geometry = {"type": "Point", "coordinates": [point[1], point[0]]} if point else None
    values = open_data_values(entry)
    return {"type": "Feature", "id": values["id"], "geometry": geometry, "properties": values}


annuaire_json = _file(_as_json)
annuaire_csv = _file(_as_csv)
annuaire_xlsx = _file(_as_xlsx)
annuaire_geojson = _file(_as_geojson)


@public_data(HOUR)
def structures(request: HttpRequest) -> HttpResponseBase:
    return answer(request, _at_work, _as_structures)


@public_data(HOUR)
def services(request: HttpRequest) -> HttpResponseBase:
    return answer(request, _at_work, _as_services)


def _at_work() -> ResourceQuerySet:
    return open_entries().filter(status=EntryStatus.OPEN)


def _as_structures(request: HttpRequest, entries: Iterable[Any]) -> HttpResponseBase:
    return streaming_response(json_chunks(None, "", map(data_inclusion.structure, entries)), JSON)


def _as_services(request: HttpRequest, entries: Iterable[Any]) -> HttpResponseBase:
    return streaming_response(json_chunks(None, "", data_inclusion.services(entries)), JSON)
