"""Several communes under one name: intercommunalities and territories; where a point stands."""

import pytest

from portal.geo.areas import NamedArea, area_in, areas_by_name
from portal.geo.positions import place_at
from portal.geo.resolve import place_in
from portal.geo.streets import street_words

PAYS_SALONAIS = NamedArea("pays-salonais", "Pays salonais", ("13103", "13110"))
STAR = NamedArea("etoile", "Pays d’Aubagne et de l’Étoile", ("13005", "13002"))
#: The text, the name shown, and what is left to look for.
NAMED = [
    ("cmp alpilles", "Vallée des Baux-Alpilles", "cmp"),
    ("psy dans la vallée des baux", "Vallée des Baux-Alpilles", "psy"),
    ("cmp pays salonais", "Pays salonais", "cmp"),
    ("cmp pays salonnais", "Pays salonais", "cmp"),
    ("gem du pays d'aubagne", "Pays d’Aubagne et de l’Étoile", "gem"),
    ("cmp terre de provence", "Terre de Provence", "cmp"),
    ("metropole aix marseille provence", "Métropole d’Aix-Marseille-Provence", ""),
    ("cmp provence verte", "Provence Verte", "cmp"),
]
NOT_NAMED = [
    "cmp provence",
    "cmp arles",
    "cmp camargue",
    "pays",
    "vallée",
    "cmp aix-en-provence",
    "",
]


@pytest.mark.parametrize(("text", "name", "rest"), NAMED)
def test_an_area_is_a_place_of_several_communes(text: str, name: str, rest: str) -> None:
    found = area_in(text, areas_by_name([PAYS_SALONAIS, STAR]))
    assert found.place is not None
    assert (found.place.name, found.rest) == (name, rest)
    assert len(found.place.codes) > 1
    assert found.place.point is not None


@pytest.mark.parametrize("text", NOT_NAMED)
def test_a_word_that_several_areas_share_names_none(text: str) -> None:
    assert area_in(text, areas_by_name([PAYS_SALONAIS])).place is None


def test_an_area_across_the_border_has_its_communes_of_the_department() -> None:
    place = area_in("métropole d'aix-marseille-provence").place
    assert place is not None
    assert not place.is_outside
    assert {code[:2] for code in place.codes} == {"13"}
    assert {"13205", "13055"} <= set(place.codes)


def test_an_area_of_another_department_is_said_to_be_outside() -> None:
    place = area_in("provence verte").place
    assert place is not None
    assert (place.is_outside, place.department) == (True, "Var")


def test_a_whole_field_must_be_the_name() -> None:
    assert area_in("terre de provence", whole=True).place
    assert area_in("12 rue de la terre de provence", whole=True).place is None


def test_a_former_commune_is_the_one_it_merged_into(settings) -> None:
    settings.PORTAL_DEPARTEMENT = "49"
    found = place_in("cmp vihiers", lambda word: False)
    assert found.place is not None
    assert (found.place.name, found.rest) == ("Lys-Haut-Layon", "cmp")


POINTS = [
    ((43.2927, 5.5708), "Aubagne"),
    ((43.296, 5.37), "Marseille"),
    ((43.6768, 4.6277), "Arles"),
]


@pytest.mark.parametrize(("point", "name"), POINTS)
def test_a_point_is_in_its_commune(point: tuple[float, float], name: str) -> None:
    place = place_at(*point)
    assert place is not None
    assert place.name.startswith(name)


@pytest.mark.parametrize("point", [(48.85, 2.35), (0.0, 0.0), (-90.0, 180.0), (43.95, 4.8)])
def test_a_point_out_of_the_department_is_in_no_commune(point: tuple[float, float]) -> None:
    assert place_at(*point) is None


STREETS = [
    ("12 rue paradis 13006", [3], [0, 1, 2]),
    ("cmp rue de lodi marseille", [4], [1, 2, 3]),
    ("12 bis bd baille", [], [0, 1, 2, 3]),
    ("je dors dans la rue marseille", [5], []),
    ("à la rue avec mes enfants marseille", [6], []),
    ("rue", [], []),
    ("cours de yoga aubagne", [3], []),
]


@pytest.mark.parametrize(("text", "place", "street"), STREETS)
def test_the_street_of_an_address_is_no_word_to_look_for(text, place, street) -> None:
    assert sorted(street_words(text.split(), frozenset(place))) == street
