"""A masked address is said nowhere: it protects the people who live behind it."""

from django.test import Client

from wagtail.models import Page

import pytest

from resources.choices import MaskedPlace
from resources.listing.models import DirectoryPage
from resources.models import ResourcePage
from tests.factories.geo import CommuneFactory, TerritoryFactory
from tests.factories.resources import ResourcePageFactory

SECRETS = ("99 rue Cachée", "bâtiment secret", "13777", "43.1234", "5.6789", "bus caché")


@pytest.fixture
def commune(db: None):
    return CommuneFactory(code="13777", name="Ville-Cachée", slug="ville-cachee", lat=43.1, lon=5.6)


@pytest.fixture
def refuge(directory: DirectoryPage, commune) -> ResourcePage:
    entry = ResourcePageFactory.build(
        title="Refuge",
        slug="refuge",
        type=ResourcePageFactory(parent=directory, title="Voisin", commune=commune).type,
        address_street="99 rue Cachée",
        address_extra="bâtiment secret",
        postcode="13777",
        commune=commune,
        lat=43.1234,
        lon=5.6789,
        getting_there="bus caché",
        acceslibre_url="https://acceslibre.beta.gouv.fr/app/13-ville-cachee/refuge/",
        address_is_masked=True,
        phone="04 65 71 00 13",
    )
    directory.add_child(instance=entry)
    return entry


def leaks(text: str) -> list[str]:
    return [s for s in (*SECRETS, "Ville-Cachée", "ville-cachee") if s.lower() in text.lower()]


def test_the_page_and_its_structured_data_keep_it(refuge: ResourcePage, reader: Client) -> None:
    html = reader.get(refuge.url).content.decode()
    assert "Refuge" in html
    assert "Non communiquée" in html
    assert leaks(html) == []
    assert "openstreetmap" not in html


def test_no_neighbour_tells_where_it_is(refuge: ResourcePage, reader: Client) -> None:
    assert "Voisin" not in reader.get(refuge.url).content.decode()


def test_the_list_keeps_it(refuge: ResourcePage, directory: DirectoryPage, reader: Client) -> None:
    Page.objects.filter(title="Voisin").delete()
    html = reader.get(directory.url, {"dans": "annuaire"}).content.decode()
    assert "Refuge" in html
    assert leaks(html) == []


def test_no_distance_brings_nearer_to_it(
    refuge: ResourcePage, directory: DirectoryPage, reader: Client
) -> None:
    found = ResourcePage.objects.near(43.1234, 5.6789)
    assert {entry.title: entry.distance for entry in found}["Refuge"] is None
    html = reader.get(directory.url, {"ou": "La Ciotat", "km": "20"}).content.decode()
    assert "Voisin" in html
    assert "Refuge" not in html


def test_words_of_its_place_do_not_find_it(
    refuge: ResourcePage, directory: DirectoryPage, reader: Client
) -> None:
    html = reader.get(directory.url, {"q": "ville cachee"}).content.decode()
    assert "Refuge" not in html


def test_the_search_document_keeps_it(refuge: ResourcePage) -> None:
    document = refuge.to_search_document()
    assert (document.lat, document.lon) == (None, None)
    assert leaks(repr(document)) == []


def test_another_language_keeps_it_too(refuge: ResourcePage) -> None:
    fields = {f.field_name: f for f in ResourcePage.override_translatable_fields}
    assert fields["address_is_masked"].is_synchronized(refuge)
    assert not fields["address_is_masked"].is_overridable(refuge)


def test_the_editor_may_tell_the_commune_or_the_territory_only(
    refuge: ResourcePage, reader: Client
) -> None:
    refuge.masked_place = MaskedPlace.COMMUNE
    refuge.save()
    html = reader.get(refuge.url).content.decode()
    assert "Ville-Cachée" in html
    assert "rue Cachée" not in html
    refuge.masked_place = MaskedPlace.TERRITORY
    refuge.coverage_territories = [TerritoryFactory(name="Pays d’Exemple")]
    refuge.save()
    html = reader.get(refuge.url).content.decode()
    assert "Pays d’Exemple" in html
    assert leaks(html) == []
