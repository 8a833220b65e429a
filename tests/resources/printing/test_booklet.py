"""The directory on paper: what it tells, what it keeps to itself, where to find things."""

from datetime import date, timedelta
from pathlib import Path

from django.test import Client
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup

from portal.base.models import PortalSettings
from portal.crisis.models import HelpLine
from portal.geo.models import Territory
from portal.pdf import writer
from resources.choices import EntryStatus, MaskedPlace
from resources.listing.models import DirectoryPage
from resources.models import ResourcePhone, SectorCommune
from resources.opening_hours.one_line import format_week
from resources.opening_hours.opening_times import OpeningTimes
from resources.printing.booklet import make_booklet
from tests.factories.geo import CommuneFactory, TerritoryFactory
from tests.factories.resources import (
    CmpPageFactory,
    GemPageFactory,
    ResourcePageFactory,
    ResourceTypeFactory,
    SectorFactory,
    french,
)
from tests.pdf.reader import bookmarks, needs_press, page_of, printed, tags

SITE = "https://portail.example/"


@pytest.fixture(autouse=True)
def own_shelf(tmp_path: Path, settings: object) -> None:
    settings.VAR_DIR = tmp_path
    settings.STORAGES = dict(settings.STORAGES)  # an empty storage in memory


@pytest.fixture
def aubagne() -> object:
    return CommuneFactory(name="Aubagne", code="13005")


@pytest.fixture
def territory(db: None, aubagne: object) -> Territory:
    territory = TerritoryFactory(name="Pays d’Aubagne", slug="pays-d-aubagne")
    territory.communes.add(aubagne)
    return territory


def html(*args: object) -> str:
    """What the booklet says, before it is set on pages."""
    return make_booklet(SITE, *args).pages()[0]


@needs_press
def test_the_booklet_is_tagged_named_and_easy_to_move_in(
    directory: DirectoryPage, aubagne: object, reader: Client
) -> None:
    GemPageFactory(parent=directory, title="GEM Les Oliviers", commune=aubagne)
    document = printed(reader, "/annuaire.pdf")
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.metadata.title.startswith("L’annuaire de la santé mentale")
    assert {"/H1", "/H2", "/H3", "/H4", "/L", "/LI", "/Link", "/P"} <= tags(document)
    titles = bookmarks(document)
    assert titles[:3] == ["L’annuaire de la santé mentale", "Si c’est urgent, appelez", "Sommaire"]
    assert "GEM Les Oliviers" in titles
    assert titles[-1] == "Tous les lieux, par nom"


@needs_press
def test_contents_and_index_give_the_page_where_each_thing_is(
    directory: DirectoryPage, reader: Client
) -> None:
    for number in range(12):
        commune = CommuneFactory(name=f"Ville {number:02d}")
        GemPageFactory(
            parent=directory,
            title=f"GEM numéro {number:02d}",
            commune=commune,
            summary="Un lieu où l’on vient quand on veut. " * 6,
        )
    CmpPageFactory(parent=directory, title="CMP du port", commune=commune)
    document = printed(reader, "/annuaire.pdf")
    contents = " ".join(document.pages[2].extract_text().split())
    entraide = page_of(document, "GEM numéro 00", after=4)
    assert f"Entraide {entraide}" in contents
    index = page_of(document, "Tous les lieux, par nom", after=4)
    by_name = " ".join(document.pages[index - 1].extract_text().split())
    for title in ("CMP du port", "GEM numéro 11"):
        assert f"{title}, {page_of(document, title, after=4)}" in by_name
    place = page_of(document, "Tous les lieux, par commune", after=4)
    by_commune = document.pages[place - 1].extract_text()
    assert by_commune.index("Ville 00") < by_commune.index("GEM numéro 00")


@needs_press
def test_every_page_says_whom_to_call_in_an_emergency(
    directory: DirectoryPage, reader: Client
) -> None:
    HelpLine.objects.create(
        locale=french(),
        situation="Je me sens seul",
        name="SOS Écoute",
        number="09 00 00 00 01",
        verified_on=date(2026, 1, 1),
    )
    GemPageFactory(parent=directory)
    document = printed(reader, "/annuaire.pdf")
    first = document.pages[1].extract_text()
    for number in ("3114", "15", "112", "114", "17", "119", "3919", "09 00 00 00 01"):
        assert number in first
    for page in document.pages[1:]:
        assert "3114 · 15 · 112 · SMS 114" in page.extract_text()


@needs_press
def test_the_cover_says_the_territory_the_day_and_that_it_may_be_copied(
    directory: DirectoryPage, territory: Territory, reader: Client
) -> None:
    cover = printed(reader, "/annuaire.pdf?territoire=pays-d-aubagne").pages[0].extract_text()
    for said in ("Pays d’Aubagne", str(timezone.localdate().year), "Licence Ouverte 2.0"):
        assert said in " ".join(cover.split())


def test_an_entry_is_told_with_the_facts_of_its_page(
    directory: DirectoryPage, aubagne: object
) -> None:
    entry = CmpPageFactory(
        parent=directory,
        title="CMP du port",
        commune=aubagne,
        address_street="2 rue du Port",
        postcode="13400",
        phone="04 42 00 00 01",
        opening_hours="Mo-Fr 09:00-12:00,14:00-17:00",
        publics=["adultes"],
        first_contact="Appelez le matin.",
        verified_on=timezone.localdate() - timedelta(days=3),
        verified_by_role="le secrétariat",
        website="https://cmp.example/port",
    )
    ResourcePhone.objects.create(resource=entry, label="Secrétariat", number="04 42 00 00 02")
    sector = SectorFactory()
    SectorCommune.objects.create(sector=sector, commune=aubagne)
    entry.sectors.add(sector)
    entry.save()
    said = html().replace("\xa0", " ")
    for text in (
        "2 rue du Port, 13400 Aubagne",
        "04 42 00 00 01",
        "04 42 00 00 02",
        "Du lundi au vendredi : 9 h – 12 h, 14 h – 17 h.",
        "Adultes",
        "Pour les personnes qui habitent : <b>Aubagne</b>",
        "Appelez le matin.",
        "Vérifiée le",
        "cmp.example",
    ):
        assert text in said


def test_a_masked_address_is_never_printed(
    directory: DirectoryPage, territory: Territory, aubagne: object
) -> None:
    hidden = {
        "parent": directory,
        "commune": aubagne,
        "address_street": "7 rue Cachée",
        "postcode": "13400",
        "getting_there": "Bus 9, arrêt Secret",
        "address_is_masked": True,
    }
    ResourcePageFactory(title="Refuge A", **hidden)
    ResourcePageFactory(title="Refuge B", masked_place=MaskedPlace.COMMUNE, **hidden)
    whole = html()
    assert "Refuge A" in whole
    assert "Non communiquée, pour protéger les personnes accueillies." in whole
    assert "Cachée" not in whole
    assert "Secret" not in whole
    assert "13400" not in whole
    assert "Commune non communiquée" in whole
    # The booklet of a territory would tell where it is.
    assert "Refuge A" not in html(territory)
    assert "Refuge B" in html(territory)


def test_examples_drafts_closed_places_and_private_pages_stay_out(
    directory: DirectoryPage,
) -> None:
    ResourcePageFactory(parent=directory, title="Lieu ouvert")
    ResourcePageFactory(parent=directory, title="Lieu exemple", is_example=True)
    ResourcePageFactory(parent=directory, title="Lieu brouillon", live=False)
    ResourcePageFactory(parent=directory, title="Lieu fini", status=EntryStatus.CLOSED)
    private = ResourcePageFactory(parent=directory, title="Lieu réservé")
    private.view_restrictions.create(restriction_type="login")
    said = html()
    assert "Lieu ouvert" in said
    for title in ("Lieu exemple", "Lieu brouillon", "Lieu fini", "Lieu réservé"):
        assert title not in said


def test_persons_are_never_printed(directory: DirectoryPage) -> None:
    entry = ResourcePageFactory(parent=directory, title="Lieu ouvert")
    entry.referents.create(name="Zoé Exemple", email="zoe@example.org")
    assert "Lieu ouvert" in html()
    assert "Zoé" not in html()
    assert "zoe@" not in html()


def test_a_place_that_is_closed_for_now_says_so(directory: DirectoryPage) -> None:
    ResourcePageFactory(
        parent=directory, status=EntryStatus.TEMPORARILY_CLOSED, opening_hours="Mo-Fr 09:00-12:00"
    )
    said = html()
    assert "Ce lieu est fermé pour le moment." in said
    assert "Du lundi" not in said


def test_the_booklet_of_a_territory_holds_what_is_there_and_what_covers_it(
    directory: DirectoryPage, territory: Territory, aubagne: object
) -> None:
    district = CommuneFactory(name="Aubagne 1er Arrondissement", parent=aubagne)
    elsewhere = CommuneFactory(name="Arles")
    ResourcePageFactory(parent=directory, title="Lieu de la ville", commune=aubagne)
    ResourcePageFactory(parent=directory, title="Lieu du quartier", commune=district)
    ResourcePageFactory(parent=directory, title="Lieu lointain", commune=elsewhere)
    mobile = ResourcePageFactory(parent=directory, title="Équipe mobile", commune=elsewhere)
    mobile.coverage_territories.add(territory)
    mobile.save()
    other = ResourcePageFactory(parent=directory, title="Équipe de rue", commune=elsewhere)
    other.coverage_communes.add(aubagne)
    other.save()
    said = html(territory)
    for title in ("Lieu de la ville", "Lieu du quartier", "Équipe mobile", "Équipe de rue"):
        assert title in said
    assert "Lieu lointain" not in said
    assert "4 lieux et services" in said


def test_the_booklet_of_a_type_goes_by_commune(directory: DirectoryPage) -> None:
    kind = ResourceTypeFactory(code="GEM", name="GEM", plural="Groupes d’entraide mutuelle")
    for name in ("Marseille 10e Arrondissement", "Marseille 2e Arrondissement", "Arles"):
        GemPageFactory(parent=directory, type=kind, commune=CommuneFactory(name=name))
    CmpPageFactory(parent=directory, title="CMP du port")
    said = html(None, kind)
    assert "<h1>Groupes d’entraide mutuelle</h1>" in said
    assert "CMP du port" not in said
    order = [said.index(f"<h2>{name}</h2>") for name in ("Arles", "Marseille 2e", "Marseille 10e")]
    assert order == sorted(order)


def test_a_type_and_a_territory_of_the_same_name_have_each_their_own_booklet(
    directory: DirectoryPage, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "missing_packages", list)
    monkeypatch.setattr(writer, "render_pdf", lambda document, pages, stamp: pages[0].encode())
    TerritoryFactory(name="Territoire GEM", slug="gem")
    GemPageFactory(parent=directory, title="GEM des Oliviers")
    writer.write_changed()
    assert "GEM des Oliviers" in reader.get("/annuaire.pdf?type=gem").getvalue().decode()
    assert "GEM des Oliviers" not in reader.get("/annuaire.pdf?territoire=gem").getvalue().decode()


def test_an_entry_that_changes_changes_the_booklet(
    directory: DirectoryPage, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "missing_packages", list)
    monkeypatch.setattr(writer, "render_pdf", lambda document, pages, stamp: pages[0].encode())
    entry = ResourcePageFactory(parent=directory, title="Lieu ouvert", phone="04 42 00 00 01")
    writer.write_changed()
    assert writer.write_changed() is None
    entry.phone = "04 42 00 00 09"
    entry.save_revision().publish()
    moment = timezone.now() + writer.CHANGED_EVERY
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    writer.write_changed()
    assert "04 42 00 00 09" in reader.get("/annuaire.pdf").getvalue().decode()


def test_every_document_that_is_listed_is_written_and_no_other(
    directory: DirectoryPage, territory: Territory, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "missing_packages", list)
    monkeypatch.setattr(writer, "render_pdf", lambda document, pages, stamp: pages[0].encode())
    GemPageFactory(parent=directory)
    writer.write_changed()
    links = BeautifulSoup(reader.get("/imprimer/").content, "html.parser").select("main a")
    listed = [link["href"] for link in links if ".pdf" in link["href"]]
    assert len(listed) >= 6
    assert {reader.get(address).status_code for address in listed} == {200}
    unlisted = "/annuaire.pdf?territoire=pays-d-aubagne&type=gem"
    assert reader.get(unlisted).status_code == 503
    writer.write_changed()
    assert reader.get(unlisted).status_code == 200


def test_the_booklet_costs_as_many_queries_for_ten_entries_as_for_two(
    directory: DirectoryPage, aubagne: object, django_assert_max_num_queries: object
) -> None:
    PortalSettings.load()
    for _number in range(10):
        ResourcePageFactory(parent=directory, commune=aubagne)
    with django_assert_max_num_queries(14):
        html()


@pytest.mark.parametrize(
    "asked",
    [
        "territoire=nulle-part",
        "type=rien",
        "territoire=%00",
        "type=%00",
        "territoire=../..",
        "type=" + "x" * 99,
    ],
)
def test_a_booklet_of_what_does_not_exist_is_not_found(
    directory: DirectoryPage, reader: Client, asked: str
) -> None:
    assert reader.get(f"/annuaire.pdf?{asked}").status_code == 404


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("Mo-Fr 09:00-17:00", "Du lundi au vendredi : 9 h – 17 h."),
        (
            "Mo,Tu 09:00-12:00; Sa 10:00-12:30",
            "Lundi et mardi : 9 h – 12 h ; samedi : 10 h – 12 h 30.",
        ),
        ("24/7", "24 h/24, 7 j/7."),
        ("Mo 09:00-12:00; PH off", "Lundi : 9 h – 12 h. Fermé les jours fériés."),
        ("Jul-Aug Mo 09:00-12:00", "En juillet et août, le lundi : 9 h – 12 h."),
        ("", ""),
    ],
)
def test_a_week_is_said_in_one_line(hours: str, said: str) -> None:
    assert format_week(OpeningTimes(hours)).replace("\xa0", " ") == said
