from django.core.management import call_command

import pytest

from portal.geo.distance import distance_km
from portal.geo.models import Commune, Territory
from portal.geo.services import seed_territories_from_epci

pytestmark = pytest.mark.django_db


def test_the_department_has_its_119_communes_and_16_arrondissements(communes: None) -> None:
    assert Commune.objects.in_department().filter(kind="commune").count() == 119
    assert Commune.objects.get(code="13055").arrondissements.count() == 16


def test_loading_communes_twice_changes_nothing(communes: None) -> None:
    before = list(Commune.objects.values())
    call_command("load_communes", "--departement", "13", verbosity=0)
    assert list(Commune.objects.values()) == before


def test_a_postcode_that_is_also_an_insee_code_is_read_as_a_postcode(communes: None) -> None:
    names = [commune.name for commune in Commune.objects.in_department().matching("13003")]
    assert names == ["Marseille 3e Arrondissement", "Marseille"]


def test_one_postcode_may_name_several_communes(communes: None) -> None:
    names = {commune.name for commune in Commune.objects.in_department().matching("13490")}
    assert {"Jouques"} <= names


def test_distance_between_two_towns_is_the_crow_flight(communes: None) -> None:
    aubagne = Commune.objects.get(code="13005")
    arles = Commune.objects.annotate(km=distance_km(aubagne.lat, aubagne.lon)).get(code="13004")
    # Great-circle distance between the two points of the list: 78.1 km.
    assert arles.km == pytest.approx(78.1, abs=0.5)


def test_a_place_without_coordinates_has_no_distance(communes: None) -> None:
    Commune.objects.filter(code="13004").update(lat=None, lon=None)
    assert Commune.objects.annotate(km=distance_km(43.3, 5.4)).get(code="13004").km is None


def test_territories_start_from_the_epcis_and_are_made_once() -> None:
    call_command("load_communes", "--departement", "59", verbosity=0)
    made = seed_territories_from_epci("59")
    assert made > 10
    assert Territory.objects.filter(communes__code="59350").count() == 1
    assert seed_territories_from_epci("59") == 0
