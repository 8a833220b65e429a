"""Files of a large directory, written by a job: given as they are, and never once they are old."""

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

from django.test import Client

import pytest
from openpyxl import load_workbook

from resources.listing.models import DirectoryPage
from resources.models import ResourcePage
from resources.open_data import written_files
from resources.open_data.files import CSV_FILE, DATA_FILES, JSON_FILE, XLSX_FILE, DataFile
from resources.open_data.written_files import write_wanted
from tests.factories.open_data import full_entry
from tests.factories.resources import CmpPageFactory


@pytest.fixture(autouse=True)
def large(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory counts as large from its first entry; the portal's address is that of tests."""
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(written_files, "LEAST_ENTRIES", 1)
    monkeypatch.setattr(written_files, "public_base_url", lambda: "http://testserver/")
    return tmp_path / "data-files"


def names(body: bytes, file: DataFile) -> set[str]:
    if file is XLSX_FILE:
        rows = load_workbook(io.BytesIO(body)).worksheets[0].iter_rows(values_only=True)
        head = list(next(rows))
        return {str(row[head.index("nom")]) for row in rows}
    if file is CSV_FILE:
        rows_of = csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";")
        return {row["nom"] for row in rows_of}
    return {entry["nom"] for entry in json.loads(body)["fiches"]}


@pytest.mark.parametrize("file", [CSV_FILE, JSON_FILE, XLSX_FILE], ids=lambda file: file.path)
def test_a_written_file_says_what_a_request_would_write(
    directory: DirectoryPage, reader: Client, file: DataFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_entry(directory, title="=Le Phare & « l’ami »", slug="phare")
    streamed = reader.get(file.path)
    said = names(streamed.getvalue(), file)
    assert write_wanted(DATA_FILES) == 1  # the one that was asked
    assert write_wanted(DATA_FILES) == 0
    monkeypatch.setattr(ResourcePage, "public_point", property(_fail))  # no entry is read again
    written = reader.get(file.path)
    assert names(written.getvalue(), file) == said
    assert (written["Content-Type"], written.get("Content-Disposition")) == (
        streamed["Content-Type"],
        streamed.get("Content-Disposition"),
    )
    assert reader.get(file.path, headers={"If-None-Match": written["ETag"]}).status_code == 304
    packed = reader.get(file.path, headers={"Accept-Encoding": "gzip"})
    body = packed.getvalue()
    is_packed = packed.get("Content-Encoding") == "gzip"
    assert names(gzip.decompress(body) if is_packed else body, file) == said
    again = {"If-None-Match": packed["ETag"], "Accept-Encoding": "gzip"}
    assert reader.get(file.path, headers=again).status_code == 304


def _fail(_entry: Any) -> Any:
    raise AssertionError("an entry was read")


@pytest.mark.parametrize("change", ["publish", "mask", "unpublish", "delete"])
def test_a_written_file_is_given_no_more_once_an_entry_changed(
    directory: DirectoryPage, reader: Client, large: Path, change: str
) -> None:
    full_entry(directory, title="CMP du Port", slug="port")
    entry = full_entry(
        directory, title="GEM Le Phare", slug="phare", address_street="12 rue du Phare"
    )
    reader.get(JSON_FILE.path).getvalue()
    write_wanted(DATA_FILES)
    if change in ("publish", "mask"):
        entry.title = "GEM Le Sémaphore"
        entry.address_is_masked = change == "mask"
        entry.save_revision().publish()
    else:
        getattr(entry, change)()
    text = reader.get(JSON_FILE.path).getvalue().decode()
    assert "GEM Le Phare" not in text
    assert "CMP du Port" in text
    assert ("rue du Phare" in text) == (change == "publish")
    write_wanted(DATA_FILES)
    (kept,) = (path for path in large.iterdir() if path.suffix != ".asked")
    assert "GEM Le Phare" not in gzip.decompress(kept.read_bytes()).decode()


def test_filters_other_addresses_and_small_directories_are_written_as_they_are_asked(
    directory: DirectoryPage, reader: Client, large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_entry(directory, title="GEM Le Phare", slug="phare")
    CmpPageFactory(parent=directory, title="CMP du Port")
    monkeypatch.setattr(written_files, "LEAST_ENTRIES", 3)
    reader.get(JSON_FILE.path).getvalue()
    assert write_wanted(DATA_FILES) == 0
    monkeypatch.setattr(written_files, "LEAST_ENTRIES", 1)
    assert write_wanted(DATA_FILES) == 1
    assert names(reader.get(JSON_FILE.path).getvalue(), JSON_FILE) >= {
        "GEM Le Phare",
        "CMP du Port",
    }
    narrowed = reader.get(JSON_FILE.path, {"type": "cmp"})
    assert names(narrowed.getvalue(), JSON_FILE) == {"CMP du Port"}
    elsewhere = reader.get(JSON_FILE.path, headers={"Host": "localhost"})
    assert json.loads(elsewhere.getvalue())["source"] == "http://localhost/"
