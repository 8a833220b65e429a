"""The board: which communes are far from any place of a type, and how many people live there."""

import math
from typing import Any

from django.test import Client

import pytest
from bs4 import BeautifulSoup

from portal.geo.models import Commune, Territory
from resources.choices import MaskedPlace
from resources.listing.models import DirectoryPage
from resources.models import ClsmPage, CmpPage, ResourceType
from resources.territory_report.report import TerritoryReport
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
from tests.factories.resources import (
    ClsmPageFactory,
    CmpPageFactory,
    GemPageFactory,
    SectorCommuneFactory,
    SectorFactory,
)
from tests.factories.users import member_of

pytestmark = pytest.mark.usefixtures("directory", "communes")
SAINTES_MARIES, LA_CIOTAT, CASSIS = "13096", "13028", "13022"


@pytest.fixture
def coordinator(directory: DirectoryPage, communes: None) -> Client:
    client = Client()
    client.force_login(member_of("Coordination"))
    return client


@pytest.fixture
def territories(communes: None) -> dict[str, Territory]:
    return make_territories()


def gem() -> ResourceType:
    return ResourceType.objects.get(code="GEM")


def far_from_gem(km: int) -> set[str]:
    return {zone.code for zone in TerritoryReport(km).gap_of_whole(gem()).zones}


def test_a_commune_is_near_a_place_of_the_type_or_not(directory: DirectoryPage) -> None:
    GemPageFactory(parent=directory, lat=43.2928, lon=5.5672, **at(AUBAGNE))
    assert {CASSIS, AUBAGNE}.isdisjoint(far_from_gem(30))
    assert {ARLES, SAINTES_MARIES} <= far_from_gem(50)
    assert "13001" in far_from_gem(10)
    assert "13001" not in far_from_gem(50)


def test_a_place_without_a_point_counts_from_the_middle_of_its_commune(
    directory: DirectoryPage,
) -> None:
    GemPageFactory(parent=directory, **at(AUBAGNE))
    reach = TerritoryReport(30).reach(gem())
    assert reach[AUBAGNE] == 0
    assert 5 < reach[CASSIS] < 15


def test_nothing_is_near_when_there_is_nothing(
    directory: DirectoryPage,
    coordinator: Client,
    territories: dict,
) -> None:
    GemPageFactory(parent=directory, live=False, **at(AUBAGNE))
    assert all(math.isinf(km) for km in TerritoryReport(30).reach(gem()).values())
    assert "aucun, dans tout le département : GEM." in text_of(coordinator, type="gem")


def test_a_secret_place_is_never_a_point(directory: DirectoryPage) -> None:
    secret = GemPageFactory(
        parent=directory, lat=43.2928, lon=5.5672, address_is_masked=True, **at(LA_CIOTAT)
    )
    assert math.isinf(TerritoryReport(30).reach(gem())[LA_CIOTAT])
    secret.masked_place = MaskedPlace.COMMUNE
    secret.save()
    reach = TerritoryReport(30).reach(gem())
    assert reach[LA_CIOTAT] == 0
    assert reach[AUBAGNE] > 5  # from La Ciotat, and not from where it really is


def test_a_place_that_comes_to_a_territory_is_present_in_all_of_it(
    directory: DirectoryPage,
    territories: dict,
) -> None:
    mobile = GemPageFactory(parent=directory, **at(AUBAGNE))
    mobile.coverage_territories.add(territories["Ouest"])
    mobile.coverage_communes.add(Commune.objects.get(code=MARSEILLE))
    mobile.save()
    reach = TerritoryReport(30).reach(gem())
    assert reach[SAINTES_MARIES] == reach[ARLES] == 0
    assert reach[MARSEILLE_3] == 0
    assert reach["13001"] > 0


def test_a_cmp_serves_the_communes_of_its_sectors(directory: DirectoryPage) -> None:
    sector = SectorFactory()
    SectorCommuneFactory(sector=sector, commune=Commune.objects.get(code=ARLES))
    page = CmpPageFactory(parent=directory, **at(AUBAGNE))
    page.sectors.add(sector)
    page.save()
    kind = CmpPage.objects.get().type
    assert TerritoryReport(30).reach(kind)[ARLES] == 0


def test_a_council_is_present_in_its_territory(
    directory: DirectoryPage,
    territories: dict,
) -> None:
    ClsmPageFactory(parent=directory, territory=territories["Ouest"])
    assert TerritoryReport(30).reach(ClsmPage.objects.get().type)[SAINTES_MARIES] == 0


def test_a_gap_says_which_communes_and_how_many_people(
    directory: DirectoryPage,
    coordinator: Client,
    territories: dict,
) -> None:
    GemPageFactory(parent=directory, **at(AUBAGNE))
    people = Commune.objects.get(code=ARLES).population
    people += Commune.objects.get(code=SAINTES_MARIES).population
    row = table(coordinator, "manques", type="gem", km="30")["GEM"]
    assert row[0] == "Ouest"
    assert row[1] == "2"
    assert int("".join(filter(str.isdigit, row[2]))) == people
    assert row[3] == "100 %"
    assert row[4] == "Arles, Saintes-Maries-de-la-Mer"
    said = text_of(coordinator, km="30")
    assert "Ouest : aucun « GEM » à moins de 30 km de Arles, Saintes-Maries-de-la-Mer (" in said


def test_the_distance_can_be_chosen(
    directory: DirectoryPage,
    coordinator: Client,
    territories: dict,
) -> None:
    GemPageFactory(parent=directory, **at(AUBAGNE))
    near = table(coordinator, "ecarts", km="50")["GEM"]
    strict = table(coordinator, "ecarts", km="10")["GEM"]
    assert near[1:3] == ["0 %", "0 %"] or near != strict
    assert strict[-1] != near[-1]


def test_a_department_without_territories_is_told_as_a_whole(
    directory: DirectoryPage,
    coordinator: Client,
) -> None:
    Territory.objects.all().delete()
    GemPageFactory(parent=directory, **at(AUBAGNE))
    assert table(coordinator, "manques", km="30")["GEM"][0] == "Département"


def test_the_map_is_drawn_by_the_server_and_says_where_its_figures_are(
    directory: DirectoryPage,
    coordinator: Client,
    territories: dict,
) -> None:
    GemPageFactory(parent=directory, **at(AUBAGNE))
    soup = BeautifulSoup(coordinator.get(URL, {"type": "gem"}).content, "html.parser")
    drawing = soup.find("svg", role="img")
    titles = [title.text for title in drawing.find_all("title")]
    assert "tableaux qui suivent" in drawing["aria-label"]
    assert "Aubagne : 0 km" in titles
    assert len(titles) == 134  # each commune and arrondissement, once
    assert not drawing.find("script")
    rows = table(coordinator, "distances", type="gem")
    assert len(rows) == 134
    assert rows["Aubagne"][1] == "0"


def test_without_a_type_the_map_compares_territories(
    directory: DirectoryPage,
    coordinator: Client,
    territories: dict,
) -> None:
    GemPageFactory(parent=directory, **at(AUBAGNE))
    soup = BeautifulSoup(coordinator.get(URL).content, "html.parser")
    titles = {title.text for title in soup.find("svg", role="img").find_all("title")}
    assert any(title.startswith("Est : 0,") for title in titles)
    assert "Aix-en-Provence" in titles  # of no territory: named, and told nothing of


def test_the_paper_stands_alone_and_says_how_it_was_counted(
    directory: DirectoryPage,
    coordinator: Client,
    territories: dict,
) -> None:
    GemPageFactory(parent=directory, **at(AUBAGNE))
    response = coordinator.get(PAPER, {"km": "20"})
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.html["lang"] == "fr"
    assert len(soup.find_all("h1")) == 1
    assert "à moins de 20 km" in soup.text
    assert "Comment c’est compté" in soup.text
    assert not soup.find("script")
    assert all(table.caption and table.find("th", scope="col") for table in soup.find_all("table"))


def test_every_table_of_the_screen_has_a_caption_and_heads(
    directory: DirectoryPage,
    coordinator: Client,
    territories: dict,
) -> None:
    GemPageFactory(parent=directory, **at(AUBAGNE))
    soup: Any = BeautifulSoup(coordinator.get(URL).content, "html.parser")
    tables = soup.select("[id^=tableau-] table")
    assert len(tables) == 4
    for one in tables:
        assert one.caption.text
        assert one.find("th", scope="col")
        assert all(row.find("th", scope="row") for row in one.tbody.find_all("tr"))
