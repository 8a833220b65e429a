"""The directory as files: what leaves, what never does, and how little it costs to ask again."""

import csv
import io
import json
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest
from openpyxl import load_workbook

from portal.exports.formula_escape import unescape_formula
from resources.listing.models import DirectoryPage
from tests.factories.open_data import SECRETS, full_entry, hidden_entries, territory_of
from tests.factories.resources import CmpPageFactory, SectorCommuneFactory, SectorFactory
from tests.rate_limits import SetLimit

FILES = (
    "/api/annuaire.json",
    "/api/annuaire.csv",
    "/api/annuaire.xlsx",
    "/api/annuaire.geojson",
    "/api/data-inclusion/structures.json",
    "/api/data-inclusion/services.json",
)


def read(reader: Client, address: str, **query: Any) -> bytes:
    response = reader.get(address, query)
    assert response.status_code == 200, address
    return response.getvalue()


def entries(reader: Client, **query: Any) -> list[dict[str, Any]]:
    return json.loads(read(reader, "/api/annuaire.json", **query))["fiches"]


def names(reader: Client, **query: Any) -> set[str]:
    return {entry["nom"] for entry in entries(reader, **query)}


def table(reader: Client) -> list[dict[str, str]]:
    text = read(reader, "/api/annuaire.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def words_of(content: bytes) -> str:
    """All that a file says, the cells of a workbook included."""
    if not content.startswith(b"PK"):
        return content.decode()
    book = load_workbook(io.BytesIO(content))
    return "\n".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    )


def test_an_entry_tells_all_its_public_facts(directory: DirectoryPage, reader: Client) -> None:
    made = full_entry(directory)
    whole = json.loads(read(reader, "/api/annuaire.json"))
    assert whole["licence"] == "Licence Ouverte 2.0"
    assert whole["source"] == "http://testserver/"
    assert whole["date"]
    (entry,) = whole["fiches"]
    assert entry["id"] == str(made.uuid)
    assert entry["lien"] == made.full_url
    assert (entry["code_postal"], entry["code_insee"]) == ("13400", "13005")
    assert (entry["latitude"], entry["longitude"]) == (43.2931, 5.5706)
    assert entry["autres_telephones"] == [{"qui": "Secrétariat", "numero": "04 91 38 54 60"}]
    assert entry["fermetures"] == [{"du": "2026-12-24", "au": "2027-01-01", "message": "Noël"}]
    assert entry["services"][0]["nom"] == "Atelier jardin."
    assert entry["territoires"] == ["Pays de Aubagne"]
    assert entry["communes_servies"] == ["13005"]
    assert entry["lieu_de_soins"] is False


@pytest.mark.parametrize("address", FILES)
def test_nothing_secret_leaves(directory: DirectoryPage, reader: Client, address: str) -> None:
    hidden = hidden_entries(directory)
    full_entry(directory)
    said = words_of(read(reader, address))
    assert [word for word in SECRETS if word in said] == []
    for name in ("restricted", "draft", "example", "closed"):
        assert str(hidden[name].uuid) not in said
    assert str(hidden["masked"].uuid) in said
    assert str(hidden["below_a_draft"].uuid) in said


def test_a_masked_place_is_not_found_by_where_it_is(
    directory: DirectoryPage, reader: Client
) -> None:
    masked = hidden_entries(directory)["masked"]
    territory = territory_of(masked.commune)
    assert names(reader, commune="13099") == set()
    assert names(reader, territoire=territory.slug) == set()
    masked.coverage_territories = [territory]
    masked.save()
    assert names(reader, territoire=territory.slug) == {"Refuge"}


def test_filters_narrow_the_file(directory: DirectoryPage, reader: Client) -> None:
    gem = full_entry(directory)
    CmpPageFactory(parent=directory, title="CMP d’ailleurs")
    assert names(reader) == {gem.title, "CMP d’ailleurs"}
    assert names(reader, type="gem") == names(reader, commune="13005") == {gem.title}
    assert names(reader, territoire="pays-aubagne") == {gem.title}
    assert names(reader, type=["GEM", "CMP"]) == {gem.title, "CMP d’ailleurs"}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"type": "<script>"}, "est un code comme CMP"),
        ({"type": "INCONNU"}, "INCONNU"),
        ({"territoire": "ailleurs"}, "« territoire » est l’un de"),
        ({"territoire": "\0"}, "« territoire » est l’un de"),
        ({"commune": "Aubagne"}, "code INSEE"),
        ({"commune": "99999"}, "code INSEE"),
    ],
)
def test_a_filter_that_means_nothing_is_told_in_french(
    directory: DirectoryPage, reader: Client, query: dict, words: str
) -> None:
    response = reader.get("/api/annuaire.csv", query)
    assert response.status_code == 400
    assert words in response.json()["error"].replace("\u00a0", " ")


def test_phones_and_formulas_come_back_from_the_csv(
    directory: DirectoryPage, reader: Client
) -> None:
    full_entry(
        directory,
        title='=HYPERLINK("https://x.example")',
        operator="+1;2",
        phone="+41 22 372 33 11",
    )
    (row,) = table(reader)
    assert row["nom"].startswith("'=")
    assert unescape_formula(row["nom"]) == '=HYPERLINK("https://x.example")'
    assert unescape_formula(row["telephone"]) == "+41 22 372 33 11"
    assert unescape_formula(row["gestionnaire"]) == "+1;2"
    assert row["licence"] == "Licence Ouverte 2.0"
    assert row["autres_telephones"] == "04 91 38 54 60 (Secrétariat)"
    assert row["fermetures"] == "2026-12-24/2027-01-01 Noël"
    assert row["publics"] == "adultes | proches"


def test_the_workbook_holds_texts_and_says_its_licence(
    directory: DirectoryPage, reader: Client
) -> None:
    full_entry(directory, title="=1+1", phone="04 91 00 00 00", postcode="01000")
    book = load_workbook(io.BytesIO(read(reader, "/api/annuaire.xlsx")))
    sheet, notes = book.worksheets
    cells = dict(zip((cell.value for cell in sheet[1]), sheet[2], strict=True))
    for name, value in (("nom", "=1+1"), ("telephone", "04 91 00 00 00"), ("code_postal", "01000")):
        assert (cells[name].value, cells[name].data_type) == (value, "s")
    assert cells["latitude"].data_type == "n"
    said = {row[0]: row[1] for row in notes.iter_rows(values_only=True)}
    assert "Licence Ouverte 2.0" in said["Licence"]
    assert said["Source"].endswith("http://testserver/")


def test_the_map_has_a_point_only_where_one_may_be_shown(
    directory: DirectoryPage, reader: Client
) -> None:
    hidden_entries(directory)
    full_entry(directory)
    response = reader.get("/api/annuaire.geojson")
    assert response["Content-Type"] == "application/geo+json"
    collection = json.loads(response.getvalue())
    assert collection["type"] == "FeatureCollection"
    points = {
        feature["properties"]["nom"]: feature["geometry"] for feature in collection["features"]
    }
    assert points["GEM Le Phare."] == {"type": "Point", "coordinates": [5.5706, 43.2931]}
    assert points["Refuge"] is None


@pytest.mark.parametrize("address", FILES)
def test_who_has_the_file_is_told_so_for_three_queries(
    directory: DirectoryPage, reader: Client, address: str
) -> None:
    entry = full_entry(directory)
    etag = reader.get(address)["ETag"]
    with CaptureQueriesContext(connection) as captured:
        again = reader.get(address, headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert len(captured) <= 3
    entry.title = "GEM Le Sémaphore"
    entry.save_revision().publish()
    assert reader.get(address, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("change", ["unpublish", "delete", "verify"])
def test_the_file_is_given_anew_when_an_entry_goes_or_is_verified(
    directory: DirectoryPage, reader: Client, change: str
) -> None:
    entry = full_entry(directory)
    etag = reader.get(FILES[0])["ETag"]
    if change == "verify":
        entry.verifications.create(on="2026-10-01", how="lien")
    else:
        getattr(entry, change)()
    assert reader.get(FILES[0], headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("address", FILES)
def test_a_longer_file_costs_no_more_queries(
    directory: DirectoryPage, reader: Client, address: str
) -> None:
    def add(number: int) -> None:
        sector = SectorFactory()
        SectorCommuneFactory(sector=sector, commune=full_entry(directory).commune)
        for _ in range(number):
            full_entry(directory)
            one = CmpPageFactory(parent=directory)
            one.sectors = [sector]
            one.save()

    def queries() -> int:
        read(reader, address)
        with CaptureQueriesContext(connection) as captured:
            read(reader, address)
        return len(captured)

    add(1)
    few = queries()
    add(4)
    assert queries() <= few


def test_a_cmp_tells_the_communes_of_its_sectors(directory: DirectoryPage, reader: Client) -> None:
    sector = SectorFactory()
    commune = full_entry(directory).commune
    SectorCommuneFactory(sector=sector, commune=commune)
    one = CmpPageFactory(parent=directory, title="CMP")
    one.sectors = [sector]
    one.save()
    (entry,) = entries(reader, type="cmp")
    assert entry["communes_servies"] == ["13005"]


def test_any_site_may_read_and_a_robot_that_asks_too_much_waits(
    directory: DirectoryPage, reader: Client, set_limit: SetLimit
) -> None:
    first = reader.get(FILES[0], headers={"Origin": "https://partenaire.example"})
    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["Cache-Control"] == "public, max-age=3600"
    assert first["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not first.cookies
    set_limit("data_files", 2)  # one of which is used
    assert [reader.get(FILES[0]).status_code for _ in range(2)] == [200, 429]
    assert reader.post(FILES[0]).status_code == 405


def test_a_demonstration_says_that_its_data_are_not_to_be_used_again(
    directory: DirectoryPage, reader: Client, settings: Any
) -> None:
    settings.PORTAL_IS_DEMO = True
    assert "ne pas réutiliser" in json.loads(read(reader, FILES[0]))["licence"]
