"""Looking for a place: what is asked, what is understood, what is answered."""

from django.test import Client

import pytest

from portal.base.pagination import get_page
from resources.choices import TypeFamily
from resources.listing.models import DirectoryPage
from tests.factories.geo import CommuneFactory, TerritoryFactory
from tests.factories.resources import (
    CmpPageFactory,
    GemPageFactory,
    ResourcePageFactory,
    ResourceTypeFactory,
)


@pytest.fixture
def aubagne(db: None):
    return CommuneFactory(
        code="13005", name="Aubagne", slug="aubagne", postcodes="|13400|", population=47000,
        lat=43.2925, lon=5.5694,
    )  # fmt: skip


@pytest.fixture
def titles(reader: Client, directory: DirectoryPage):
    """The titles of the list for these parameters, in order."""

    def ask(**query: object) -> list[str]:
        response = reader.get(directory.url, query)
        assert response.status_code == 200
        return [line.title for line in response.context["listing"].cards]

    return ask


def test_the_nearest_place_comes_first(directory: DirectoryPage, aubagne, titles) -> None:
    ResourcePageFactory(parent=directory, title="Loin", lat=43.6, lon=5.0)
    ResourcePageFactory(parent=directory, title="Près", lat=43.30, lon=5.57)
    ResourcePageFactory(parent=directory, title="Nulle part")
    assert titles(ou="Aubagne") == ["Près", "Loin", "Nulle part"]
    assert titles(ou="13400", km="5") == ["Près"]
    assert titles(ou="13400 Aubagne", km="5") == ["Près"]


def test_a_place_without_coordinates_is_reckoned_from_its_commune(
    directory: DirectoryPage, aubagne, reader: Client
) -> None:
    ResourcePageFactory(parent=directory, title="Ici", commune=aubagne)
    html = reader.get(directory.url, {"ou": "aubagne", "km": "5"}).content.decode()
    assert "Ici" in html
    assert "</svg> Aubagne</li>" in html
    assert "Aubagne et 5 km autour" in html


def test_a_service_that_covers_the_commune_is_found_whatever_its_distance(
    directory: DirectoryPage, aubagne, titles
) -> None:
    by_commune = ResourcePageFactory(parent=directory, title="Équipe mobile", lat=43.9, lon=4.9)
    by_commune.coverage_communes = [aubagne]
    by_commune.save_revision().publish()
    territory = TerritoryFactory()
    territory.communes.add(aubagne)
    by_territory = ResourcePageFactory(parent=directory, title="Réseau")
    by_territory.coverage_territories = [territory]
    by_territory.save_revision().publish()
    ResourcePageFactory(parent=directory, title="Ailleurs", lat=43.9, lon=4.9)
    assert titles(ou="Aubagne", km="5") == ["Équipe mobile", "Réseau"]


def test_an_arrondissement_of_marseille_is_a_place(directory: DirectoryPage, titles) -> None:
    town = CommuneFactory(
        code="13055", name="Marseille", slug="marseille", postcodes="|13001|13003|"
    )
    CommuneFactory(
        code="13203", name="Marseille 3e Arrondissement", slug="marseille-3-arrondissement",
        kind="arrondissement", parent=town, postcodes="|13003|", lat=43.31, lon=5.38,
    )  # fmt: skip
    ResourcePageFactory(parent=directory, title="Au 3e", lat=43.31, lon=5.38)
    assert titles(ou="13003", km="5") == ["Au 3e"]


def test_a_postcode_of_several_communes_says_which_and_offers_the_others(
    directory: DirectoryPage, reader: Client
) -> None:
    ResourcePageFactory(parent=directory)
    html = reader.get(directory.url, {"ou": "13100", "pour": "adultes"}).content.decode()
    assert "Aix-en-Provence et alentours" in html
    assert '<a href="/annuaire/?ou=Le+Tholonet&amp;pour=adultes">Le Tholonet</a>' in html


def test_an_unknown_place_is_said_plainly_and_nothing_is_lost(
    directory: DirectoryPage, reader: Client
) -> None:
    ResourcePageFactory(parent=directory, title="Un lieu")
    response = reader.get(directory.url, {"ou": "Tombouctou", "q": "lieu", "pour": "adultes"})
    html = response.content.decode()
    assert "Nous ne connaissons pas «\u00a0Tombouctou\u00a0»" in html
    assert 'value="Tombouctou"' in html
    assert "Un lieu" in html


@pytest.mark.parametrize("words", ["cmp", "CMP", "Centre médico-psychologique"])
def test_the_name_of_a_type_finds_the_places_of_that_type(
    directory: DirectoryPage, titles, reader: Client, words: str
) -> None:
    ResourceTypeFactory(code="CMP", name="CMP", full_name="Centre médico-psychologique", care=True)
    CmpPageFactory(parent=directory, title="Les Platanes")
    ResourcePageFactory(
        parent=directory, title="CMPP du Parc", type=ResourceTypeFactory(code="CMPP", care=True)
    )
    assert titles(q=f"{words} aubagne") == ["Les Platanes"]
    # Without a commune, none is chosen for the reader: they are folded.
    assert titles(q=words) == []
    html = reader.get(directory.url, {"q": words}).content.decode()
    assert "Les Platanes" in html
    assert "CMPP du Parc" not in html


def test_words_are_found_without_accents_or_case(directory: DirectoryPage, titles) -> None:
    ResourcePageFactory(parent=directory, title="L’Écluse", summary="Écoute des familles")
    ResourcePageFactory(parent=directory, title="Le Moulin")
    assert titles(q="ECLUSE") == ["L’Écluse"]
    assert titles(q="écoute famille") == ["L’Écluse"]
    assert titles(q="zzz") == []


def test_filters_add_up(directory: DirectoryPage, titles) -> None:
    GemPageFactory(
        parent=directory, title="Tout", cost="free", access_modes=["sans_rdv"],
        accessibility=["pmr"], publics=["adultes"],
    )  # fmt: skip
    GemPageFactory(parent=directory, title="Payant", cost="paid", publics=["adultes"])
    GemPageFactory(parent=directory, title="Ados", cost="free", publics=["adolescents"])
    ResourcePageFactory(parent=directory, title="Autre", cost="free")
    assert titles(type="gem", gratuit="1", pour="adultes") == ["Tout"]
    assert titles(type="GEM", sansrdv="1", pmr="1") == ["Tout"]
    assert titles(gratuit="1", pour="adolescents") == [
        "Ados",
        "Autre",
    ]  # « Autre » is for everybody


def test_each_filter_can_be_taken_away(directory: DirectoryPage, aubagne, reader: Client) -> None:
    GemPageFactory(parent=directory)
    CmpPageFactory(parent=directory)
    query = {"type": ["gem", "cmp"], "gratuit": "1", "ou": "Aubagne", "page": "2"}
    question = reader.get(directory.url, query).context["listing"].question
    assert {chip.text: chip.url for chip in question.chips} == {
        "GEM": "/annuaire/?ou=Aubagne&type=cmp&gratuit=1",
        "CMP": "/annuaire/?ou=Aubagne&type=gem&gratuit=1",
        "Gratuit": "/annuaire/?ou=Aubagne&type=gem&type=cmp",
    }


def test_when_nothing_is_found_the_page_proposes_what_to_try(
    directory: DirectoryPage, aubagne, reader: Client
) -> None:
    response = reader.get(directory.url, {"q": "zzz", "ou": "Aubagne", "km": "5", "gratuit": "1"})
    html = response.content.decode()
    for proposal in ("Aucun lieu", "tout le département", "Retirer le filtre", "Voir tout"):
        assert proposal in html
    assert 'href="tel:3114"' in html


@pytest.mark.parametrize(
    "query",
    [
        {"page": "abc"},
        {"page": "-1"},
        {"page": "9" * 5000},
        {"page": "٣"},
        {"km": "abc"},
        {"km": "-5", "ou": "Aubagne"},
        {"km": "10"},
        {"type": "inconnu"},
        {"type": ["gem", "<script>"]},
        {"pour": "martiens"},
        {"q": "\0"},
        {"ou": "\0Aubagne"},
        {"q": "x" * 10_000},
        {"ou": "x" * 10_000},
        {"q": "\"'); DROP TABLE--%_"},
        {"q": "   "},
        {"ou": "00000"},
        {"gratuit": "non"},
        {"autre": "chose"},
    ],
)
def test_a_bad_question_gets_a_page_not_an_error(
    directory: DirectoryPage, aubagne, reader: Client, query: dict
) -> None:
    GemPageFactory(parent=directory)
    response = reader.get(directory.url, query)
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert len(response.content) < 30_000


def test_an_unknown_filter_is_said(directory: DirectoryPage, reader: Client) -> None:
    html = reader.get(directory.url, {"type": "inconnu"}).content.decode()
    assert "Ce filtre n’existe pas." in html


def test_pages_hold_twenty_entries_and_keep_the_question(
    directory: DirectoryPage, reader: Client
) -> None:
    kind = ResourceTypeFactory(code="HDJ", family=TypeFamily.SOINS)
    for _rank in range(21):
        ResourcePageFactory(parent=directory, type=kind)
    first = reader.get(directory.url, {"type": "hdj"})
    assert len(first.context["listing"].cards) == 20
    assert 'href="?type=hdj&amp;page=2"' in first.content.decode()
    last = reader.get(directory.url, {"type": "hdj", "page": "99"})
    assert [line.number for line in last.context["listing"].cards] == [21]


@pytest.mark.parametrize(
    ("asked", "number"),
    [(None, 1), ("", 1), ("2", 2), ("0", 1), ("-3", 1), ("99", 3), ("9" * 5000, 3), ("²", 1)],
)
def test_a_page_that_does_not_exist_gives_the_nearest_one(asked: str | None, number: int) -> None:
    assert get_page(list(range(25)), asked, 10).number == number


def test_the_list_says_when_a_place_is_open_and_how_to_reach_it(
    directory: DirectoryPage, reader: Client, noon_on_tuesday: None
) -> None:
    ResourcePageFactory(
        parent=directory, opening_hours="Mo-Fr 09:00-12:00", phone="0491385460",
        address_street="1 rue Exemple", postcode="13400",
    )  # fmt: skip
    html = reader.get(directory.url, {"dans": "annuaire"}).content.decode()
    assert "Ouvert maintenant, ferme à 12" in html
    assert 'href="tel:+33491385460"' in html
    assert "https://www.openstreetmap.org/search?query=1%20rue%20Exemple" in html


def test_readers_get_no_cookie(directory: DirectoryPage, reader: Client) -> None:
    assert not reader.get(directory.url).cookies
