"""The files of the directory: their entries, and what is written of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from portal.api.decorators import about_data
from portal.base.models import PortalSettings
from portal.exports.streaming import (
    CSV,
    GEOJSON,
    JSON,
    ROWS_AT_ONCE,
    csv_chunks,
    encoded_chunks,
    json_chunks,
)
from portal.exports.workbooks import XLSX
from resources.choices import EntryStatus
from resources.open_data import data_inclusion, rows
from resources.open_data.fields import open_data_values
from resources.open_data.querysets import open_entries, with_exported_rows
from resources.querysets import ResourceQuerySet


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file that anybody may read.

    ``path``: its address in the portal. ``chunks``: its bytes, piece by piece, from the address of
    the portal (with a slash at the end) and the entries. ``download``: its name once saved, for one
    that is not read in the browser. ``entries``: those that it holds when nothing narrows them.
    """

    path: str
    content_type: str
    chunks: Callable[[str, Iterable[Any]], Iterator[bytes]]
    download: str = ""
    entries: Callable[[], ResourceQuerySet] = open_entries

    @property
    def is_packed(self) -> bool:
        """Whether its format already compresses it."""
        return self.content_type == XLSX


def read(entries: ResourceQuerySet) -> Iterator[Any]:
    """These entries with all that files say of them, a few hundred in memory at once."""
    return with_exported_rows(entries).iterator(chunk_size=ROWS_AT_ONCE)


def _as_json(address: str, entries: Iterable[Any]) -> Iterator[bytes]:
    values = map(open_data_values, entries)
    return encoded_chunks(json_chunks(about_data(address), "fiches", values))


def _as_csv(address: str, entries: Iterable[Any]) -> Iterator[bytes]:
    return encoded_chunks(csv_chunks(rows.head(), rows.rows(entries)))


def _as_xlsx(address: str, entries: Iterable[Any]) -> Iterator[bytes]:
    portal = PortalSettings.load()
    said = rows.about(address, portal.operator or portal.site_name)
    return rows.workbook(entries, said)


def _as_geojson(address: str, entries: Iterable[Any]) -> Iterator[bytes]:
    collection = {"type": "FeatureCollection", **about_data(address)}
    return encoded_chunks(json_chunks(collection, "features", map(_feature, entries)))


def _feature(entry: Any) -> dict[str, Any]:
    """An entry with its point; one whose place is masked or unknown has none."""
    point = entry.public_point
    geometry = {"type": "Point", "coordinates": [point[1], point[0]]} if point else None
    values = open_data_values(entry)
    return {"type": "Feature", "id": values["id"], "geometry": geometry, "properties": values}


def _as_structures(address: str, entries: Iterable[Any]) -> Iterator[bytes]:
    return encoded_chunks(json_chunks(None, "", map(data_inclusion.structure, entries)))


def _as_services(address: str, entries: Iterable[Any]) -> Iterator[bytes]:
    return encoded_chunks(json_chunks(None, "", data_inclusion.services(entries)))


def _at_work() -> ResourceQuerySet:
    return open_entries().filter(status=EntryStatus.OPEN)


JSON_FILE = DataFile("/api/annuaire.json", JSON, _as_json)
CSV_FILE = DataFile("/api/annuaire.csv", CSV, _as_csv, "annuaire.csv")
XLSX_FILE = DataFile("/api/annuaire.xlsx", XLSX, _as_xlsx, "annuaire.xlsx")
GEOJSON_FILE = DataFile("/api/annuaire.geojson", GEOJSON, _as_geojson)
STRUCTURES_FILE = DataFile(
    "/api/data-inclusion/structures.json", JSON, _as_structures, entries=_at_work
)
SERVICES_FILE = DataFile("/api/data-inclusion/services.json", JSON, _as_services, entries=_at_work)
DATA_FILES = (CSV_FILE, JSON_FILE, XLSX_FILE, GEOJSON_FILE, STRUCTURES_FILE, SERVICES_FILE)
