"""The board: how far entries can be trusted, by territory and by type, whatever the department."""

import io
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest
from openpyxl import load_workbook

from portal.geo.models import Territory
from resources.choices import EntryStatus, MaskedPlace
from resources.listing.models import DirectoryPage
from resources.models import Referent, ResourcePhone
from tests.factories.board import (
    ARLES,
    AUBAGNE,
    MARSEILLE,
    MARSEILLE_3,
    PAPER,
    URL,
    at,
    make_territories,
    table,
    text_of,
)
from tests.factories.resources import GemPageFactory, ResourcePageFactory, ResourceTypeFactory
from tests.factories.users import member_of


@pytest.fixture
def coordinator(directory: DirectoryPage, communes: None) -> Client:
    client = Client()
    client.force_login(member_of("Coordination"))
    return client


@pytest.fixture
def territories(communes: None) -> dict[str, Territory]:
    return make_territories()


def test_each_territory_says_how_far_its_entries_can_be_trusted(
    coordinator: Client, directory: DirectoryPage, territories: dict
) -> None:
    today = timezone.localdate()
    fresh = ResourcePageFactory(
        parent=directory, phone="04 42 00 00 00", verified_on=today, **at(AUBAGNE)
    )
    Referent.objects.create(name="A", email="a@x.example", state="actif").entries.add(fresh)
    old = ResourcePageFactory(
        parent=directory, verified_on=today - timedelta(days=800), **at(AUBAGNE)
    )
    Referent.objects.create(name="B", email="b@x.example", state="parti").entries.add(old)
    never = ResourcePageFactory(parent=directory, **at("13028"))
    never.phones = [ResourcePhone(label="Accueil", number="0442000000")]
    never.save()

    people, entries, _rate, verified, unverified, oldest, alone, mute, _gaps = table(
        coordinator, "territoires"
    )["Est"]
    assert int("".join(filter(str.isdigit, people))) > 70_000
    assert (entries, verified, unverified) == ("3", "33 %", "1")
    assert oldest == f"{today - timedelta(days=800):%d/%m/%Y}"
    assert (alone, mute) == ("2", "1")


def test_closed_places_drafts_and_examples_do_not_count(
    coordinator: Client, directory: DirectoryPage, territories: dict
) -> None:
    ResourcePageFactory(parent=directory, status=EntryStatus.CLOSED, **at(AUBAGNE))
    ResourcePageFactory(parent=directory, is_example=True, **at(AUBAGNE))
    ResourcePageFactory(parent=directory, live=False, **at(AUBAGNE))
    ResourcePageFactory(parent=directory, **at(AUBAGNE))
    assert table(coordinator, "territoires")["Est"][1] == "1"
    assert table(coordinator, "territoires")["Département"][1] == "1"


def test_lines_and_services_of_the_whole_department_are_counted_apart(
    coordinator: Client, directory: DirectoryPage, territories: dict
) -> None:
    line = ResourceTypeFactory(code="LIGNE_ECOUTE", name="Ligne d’écoute")
    ResourcePageFactory(parent=directory, type=line, **at(AUBAGNE))
    ResourcePageFactory(parent=directory, covers_department=True, **at(AUBAGNE))
    ResourcePageFactory(parent=directory, covers_department=True)
    ResourcePageFactory(parent=directory, **at(AUBAGNE))

    rows = table(coordinator, "territoires")

    assert (rows["Est"][1], rows["Département"][1]) == ("1", "1")
    assert rows["À part : lignes et services de tout le département"][1] == "3"
    assert "Ailleurs, ou lieu non dit" not in rows


def test_a_secret_place_counts_only_where_it_may_be_said(
    coordinator: Client, directory: DirectoryPage, territories: dict
) -> None:
    secret = {"address_is_masked": True, "lat": 43.29, "lon": 5.57, **at(AUBAGNE)}
    ResourcePageFactory(parent=directory, **secret)
    rows = table(coordinator, "territoires")
    assert (rows["Est"][1], rows["Ailleurs, ou lieu non dit"][1]) == ("0", "1")

    by_area = ResourcePageFactory(parent=directory, masked_place=MaskedPlace.TERRITORY, **secret)
    by_area.coverage_territories.add(territories["Ouest"])
    by_area.save()
    ResourcePageFactory(parent=directory, masked_place=MaskedPlace.COMMUNE, **secret)
    rows = table(coordinator, "territoires")
    assert (rows["Est"][1], rows["Ouest"][1]) == ("1", "1")


def test_the_biggest_town_is_told_with_its_arrondissements_together(
    coordinator: Client, directory: DirectoryPage, territories: dict
) -> None:
    ResourcePageFactory(parent=directory, **at(MARSEILLE_3))
    ResourcePageFactory(parent=directory, **at(MARSEILLE))
    ResourcePageFactory(parent=directory, **at(ARLES))
    assert "Marseille : 67 % des fiches, pour 42 % de la population." in text_of(coordinator)


def test_arrondissements_belong_to_the_territory_of_their_town(
    coordinator: Client, directory: DirectoryPage, territories: dict
) -> None:
    ResourcePageFactory(parent=directory, **at(MARSEILLE_3))
    row = table(coordinator, "territoires")["Centre"]
    assert row[1] == "1"
    assert int("".join(filter(str.isdigit, row[0]))) > 800_000


def test_each_type_says_its_share_of_the_biggest_town(
    coordinator: Client, directory: DirectoryPage, territories: dict
) -> None:
    GemPageFactory(parent=directory, **at(MARSEILLE))
    GemPageFactory(parent=directory, **at(ARLES))
    ResourceTypeFactory(code="CATTP", name="CATTP")
    rows = table(coordinator, "types")
    assert rows["GEM"][:2] == ["2", "50 %"]
    assert rows["CATTP"][:2] == ["0", "–"]


def test_the_same_queries_whatever_the_number_of_entries(
    coordinator: Client, directory: DirectoryPage, territories: dict
) -> None:
    def queries() -> int:
        coordinator.get(URL)
        with CaptureQueriesContext(connection) as captured:
            assert coordinator.get(URL, {"type": "gem"}).status_code == 200
        return len(captured)

    GemPageFactory(parent=directory, **at(ARLES))
    few = queries()
    for code in (AUBAGNE, MARSEILLE_3, ARLES, "13028") * 3:
        entry = GemPageFactory(parent=directory, **at(code))
        entry.phones = [ResourcePhone(label="Accueil", number="0442000000")]
        entry.coverage_territories.add(territories["Est"])
        entry.save()
    assert queries() == few


@pytest.mark.parametrize("name", ["territoires", "types", "ecarts", "manques", "distances"])
def test_every_table_is_a_file_that_runs_nothing(
    coordinator: Client, directory: DirectoryPage, territories: dict, name: str
) -> None:
    Territory.objects.filter(name="Est").update(name="=1+1")
    ResourceTypeFactory(code="GEM", name="=cmd")
    ResourcePageFactory(parent=directory, **at(ARLES))
    query = {"type": "gem", "table": name}
    csv = coordinator.get(URL, {**query, "export": "csv"})
    text = b"".join(csv.streaming_content).decode("utf-8-sig")
    assert csv["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    assert len(text.splitlines()) > 1
    assert not any(cell.strip('"').startswith("=") for cell in text.replace("\n", ";").split(";"))

    xlsx = coordinator.get(URL, {**query, "export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(xlsx.streaming_content))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert len(cells) > 2
    assert all(cell.data_type != "f" for cell in cells)


@pytest.mark.parametrize(
    "query",
    [
        {"km": "x"},
        {"km": "-1"},
        {"km": "30\x00"},
        {"type": "' OR 1=1 --"},
        {"type": "\x00"},
        {"export": "pdf"},
        {"export": "csv", "table": "../etc"},
    ],
)
def test_what_makes_no_sense_is_as_if_nothing_was_asked(
    coordinator: Client, query: dict[str, str]
) -> None:
    assert coordinator.get(URL, query).status_code == 200


@pytest.mark.parametrize("url", [URL, PAPER])
@pytest.mark.parametrize("department", ["13", "59", "2A", "975"])
def test_any_department_has_its_board_even_empty(
    coordinator: Client, settings: Any, url: str, department: str
) -> None:
    settings.PORTAL_DEPARTEMENT = department
    for query in ({}, {"type": "gem", "km": "10"}):
        assert coordinator.get(url, query).status_code == 200


@pytest.mark.parametrize(
    ("group", "sees"),
    [("Coordination", True), ("Rédaction", True), ("Modération", True), ("Référents", False)],
)
def test_who_may_change_entries_sees_it(directory: DirectoryPage, group: str, sees: bool) -> None:
    client = Client()
    client.force_login(member_of(group))
    for url in (URL, PAPER):
        assert (client.get(url).status_code == 200) is sees
    assert (URL in client.get("/admin/").content.decode()) is sees


def test_a_visitor_is_asked_to_sign_in(reader: Client, directory: DirectoryPage) -> None:
    assert reader.get(URL).status_code == 302
    assert reader.get(URL, {"export": "csv"}).status_code == 302
