"""The poster: one sheet of A4, the numbers, a few doors, and a way to the portal."""

from pathlib import Path

from django.test import Client

from wagtail.models import Site

import pytest

from portal.geo.models import Territory
from portal.pdf.models import PdfFile
from resources.listing.models import DirectoryPage
from resources.printing.poster import make_poster
from resources.printing.poster_entries import MOST_ENTRIES, get_poster_entries
from tests.factories.geo import CommuneFactory, TerritoryFactory
from tests.factories.resources import (
    CmpPageFactory,
    GemPageFactory,
    ResourcePageFactory,
    ResourceTypeFactory,
)
from tests.pdf.reader import needs_press, printed, tags, words

PHONE = "04 42 00 00 01"


@pytest.fixture(autouse=True)
def own_shelf(tmp_path: Path, settings: object) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture
def aubagne(db: None) -> object:
    return CommuneFactory(name="Aubagne", code="13005", lat=43.29, lon=5.57, population=47000)


@pytest.fixture
def territory(aubagne: object) -> Territory:
    territory = TerritoryFactory(name="Pays d’Aubagne", slug="pays-d-aubagne")
    territory.communes.add(aubagne)
    return territory


@needs_press
def test_the_poster_shows_the_numbers_the_doors_and_where_to_read_more(
    directory: DirectoryPage, territory: Territory, aubagne: object, reader: Client
) -> None:
    CmpPageFactory(parent=directory, title="CMP du port", commune=aubagne, phone=PHONE)
    document = printed(reader, "/affiche.pdf?territoire=pays-d-aubagne")
    said = words(document)
    assert len(document.pages) == 1
    for number in ("3114", "15", "112", "114"):
        assert number in said
    for text in ("Besoin d’aide", "Pays d’Aubagne", "CMP du port", PHONE, "/ici/pays-d-aubagne"):
        assert text in said
    assert {"/H1", "/H2", "/L", "/Figure"} <= tags(document)
    assert document.trailer["/Root"]["/Lang"] == "fr"


@needs_press
def test_the_longest_names_still_fit_on_one_sheet(
    directory: DirectoryPage, aubagne: object, reader: Client
) -> None:
    long = TerritoryFactory(
        name="Très long territoire " * 3 + "de la Montagne", slug="tres-long-" * 8 + "territoire"
    )
    long.communes.add(aubagne)
    for number, code in enumerate(
        ("URGENCES_PSY", "CENTRE_CRISE", "MDA", "CSAPA", "UNAFAM", "DAC")
    ):
        kind = ResourceTypeFactory(code=code, name=f"Type {'interminable ' * 3}{number}"[:60])
        ResourcePageFactory(
            parent=directory,
            type=kind,
            title=f"{number} " + "Établissement public départemental de santé mentale " * 4,
            commune=aubagne,
            phone=PHONE,
        )
    document = printed(reader, f"/affiche.pdf?territoire={long.slug}")
    assert len(document.pages) == 1
    said = words(document)
    assert "3114" in said
    assert "Affiche du" in said


@needs_press
def test_a_territory_without_any_entry_still_has_its_poster(
    directory: DirectoryPage, territory: Territory, reader: Client
) -> None:
    document = printed(reader, "/affiche.pdf?territoire=pays-d-aubagne")
    assert len(document.pages) == 1
    assert "3114" in words(document)
    assert "Près d’ici" not in words(document)


def test_the_qr_code_leads_to_the_territory_and_says_so(
    directory: DirectoryPage, territory: Territory
) -> None:
    html = make_poster("https://portail.example/", territory).pages()[0]
    address = "https://portail.example/ici/pays-d-aubagne/"
    assert f"<title>Code QR qui mène à {address}</title>" in html
    assert "portail.example/ici/pays-d-aubagne<" in html


def test_the_address_of_a_poster_leads_to_the_directory_around_the_main_town(
    directory: DirectoryPage, territory: Territory, reader: Client
) -> None:
    territory.communes.add(CommuneFactory(name="Cuges", population=5000))
    response = reader.get("/ici/pays-d-aubagne/")
    assert response.status_code == 302
    assert response["Location"] == f"{directory.url}?ou=Aubagne"
    assert reader.get(response["Location"]).status_code == 200
    assert reader.get("/ici/nulle-part/").status_code == 404


def test_emergencies_come_first_then_one_of_each_kind_nearby(
    directory: DirectoryPage, territory: Territory, aubagne: object
) -> None:
    away = CommuneFactory(name="Marseille", lat=43.3, lon=5.4)
    far = CommuneFactory(name="Arles", lat=43.68, lon=4.63)
    urgent = ResourceTypeFactory(code="URGENCES_PSY", care=True)
    common = {"parent": directory, "phone": PHONE}
    ResourcePageFactory(title="Urgences", type=urgent, commune=away, **common)
    for number in range(9):
        CmpPageFactory(title=f"CMP {number}", commune=aubagne, **common)
    GemPageFactory(title="GEM voisin", commune=away, **common)
    GemPageFactory(title="GEM lointain", commune=far, **common)
    shown = [door.title for door in get_poster_entries(territory)]
    assert shown[0] == "Urgences"
    assert len(shown) == MOST_ENTRIES
    assert "GEM lointain" not in shown
    assert shown[1] == "CMP 0"


def test_every_kind_that_is_in_the_territory_comes_before_a_second_of_the_same(
    directory: DirectoryPage, territory: Territory, aubagne: object
) -> None:
    common = {"parent": directory, "phone": PHONE, "commune": aubagne}
    for number in range(3):
        CmpPageFactory(title=f"CMP {number}", **common)
    GemPageFactory(title="GEM", **common)
    assert [door.title for door in get_poster_entries(territory)] == [
        "CMP 0",
        "GEM",
        "CMP 1",
        "CMP 2",
    ]


def test_no_door_is_shown_that_is_masked_an_example_a_draft_or_has_no_number(
    directory: DirectoryPage, territory: Territory, aubagne: object
) -> None:
    common = {"parent": directory, "commune": aubagne}
    GemPageFactory(title="Masqué", phone=PHONE, address_is_masked=True, **common)
    GemPageFactory(title="Exemple", phone=PHONE, is_example=True, **common)
    GemPageFactory(title="Brouillon", phone=PHONE, live=False, **common)
    GemPageFactory(title="Sans numéro", **common)
    assert get_poster_entries(territory) == []


def test_what_can_be_printed_is_listed_with_its_weight_once_written(
    directory: DirectoryPage, territory: Territory, reader: Client
) -> None:
    Site.objects.update(root_page=directory.get_parent())
    GemPageFactory(parent=directory)
    name = "annuaire-pays-d-aubagne"
    PdfFile.objects.create(name=name, path=f"pdf/{name}.0a1b.pdf", size=2048)
    page = reader.get("/imprimer/").content.decode()
    for address in (
        "/annuaire.pdf",
        "/affiche.pdf?territoire=pays-d-aubagne",
        "/annuaire.pdf?territoire=pays-d-aubagne",
        "/annuaire.pdf?type=gem",
        "/feuille-de-route.pdf",
    ):
        assert f'href="{address}"' in page
    assert "2,0\xa0Kio" in page or "2,0\xa0Ko" in page


def test_the_results_lead_to_their_booklet(directory: DirectoryPage, reader: Client) -> None:
    GemPageFactory(parent=directory)
    assert 'href="/imprimer/"' in reader.get(directory.url).content.decode()
    page = reader.get(f"{directory.url}?type=gem").content.decode()
    assert 'href="/annuaire.pdf?type=gem"' in page
