"""The same, for the portal of another department."""

from typing import Any

import pytest

from portal.geo.resolve import complete_place, place_in, place_named
from tests.geo.known_words import is_known


@pytest.mark.parametrize(
    ("department", "text", "name"),
    [
        ("59", "cmp lille", "Lille"),
        ("59", "cmp à roubaix", "Roubaix"),
        ("59", "villeneuve d’ascq", "Villeneuve-d'Ascq"),
        ("59", "cmp villeneuve d ascq", "Villeneuve-d'Ascq"),
        ("59", "la madeleine", "La Madeleine"),
        ("59", "marcq", "Marcq-en-Barœul"),
        ("59", "mons en baroeul", "Mons-en-Barœul"),
        ("59", "st amand les eaux", "Saint-Amand-les-Eaux"),
        ("59", "tourcoin", "Tourcoing"),
        ("59", "dunkerqe", "Dunkerque"),
        ("59", "59200", "Tourcoing"),
        ("59", "psy 59", "Nord"),
        ("59", "cmp dans le nord", "Nord"),
        ("2A", "ajaccio", "Ajaccio"),
        ("2A", "porto vecchio", "Porto-Vecchio"),
        ("2A", "cmp 2A", "Corse-du-Sud"),
        ("2A", "corse du sud", "Corse-du-Sud"),
        ("2A", "20000", "Ajaccio"),
        ("974", "st denis", "Saint-Denis"),
        ("974", "le port", "Le Port"),
        ("974", "cmp au port", "Le Port"),
        ("974", "cmp st pierre", "Saint-Pierre"),
        ("974", "97410", "Saint-Pierre"),
        ("974", "la réunion", "La Réunion"),
        ("974", "étang salé", "L'Étang-Salé"),
        ("75", "paris", "Paris"),
        ("75", "paris 13", "Paris 13e"),
        ("75", "75020", "Paris 20e"),
        ("75", "dans le 13e", "Paris 13e"),
        ("75", "cmp 18e arrondissement", "Paris 18e"),
        ("69", "lyon 3e", "Lyon 3e"),
        ("69", "villeurbane", "Villeurbanne"),
        ("69", "villefranche", "Villefranche-sur-Saône"),
        ("69", "cmp bron", "Bron"),
        ("69", "vénissieux", "Vénissieux"),
        ("69", "rhône", "Rhône"),
        ("33", "cmp bordeaux", "Bordeaux"),
        ("33", "arcachon", "Arcachon"),
        ("37", "cmp tours", "Tours"),
        ("89", "cmp sens", "Sens"),
        ("38", "cmp vienne", "Vienne"),
        ("74", "la roche", "La Roche-sur-Foron"),
        ("83", "cmp la garde", "La Garde"),
        ("64", "psy pau", "Pau"),
        ("34", "psy à sète", "Sète"),
        ("93", "saint denis", "Saint-Denis"),
        ("93", "seine saint denis", "Seine-Saint-Denis"),
        ("976", "mamoudzou", "Mamoudzou"),
        ("85", "notre dame de monts", "Notre-Dame-de-Monts"),
    ],
)
def test_any_department_is_understood_as_its_own(
    settings: Any, department: str, text: str, name: str
) -> None:
    settings.PORTAL_DEPARTEMENT = department
    for found in (place_named(text), place_in(text, is_known)):
        assert found.place.name == name
        assert not found.place.is_outside


@pytest.mark.parametrize(
    ("department", "text", "code"),
    [
        ("59", "salon de provence", "13103"),
        ("75", "marseille 3e", "13203"),
        ("2A", "lyon", "69123"),
    ],
)
def test_the_bouches_du_rhone_are_elsewhere_for_the_others(
    settings: Any, department: str, text: str, code: str
) -> None:
    settings.PORTAL_DEPARTEMENT = department
    found = place_in(text, is_known)
    assert (found.place.code, found.place.is_outside) == (code, True)


def test_a_department_that_does_not_exist_still_knows_france(settings: Any) -> None:
    settings.PORTAL_DEPARTEMENT = "00"
    assert place_named("aubagne").place.is_outside
    assert place_named("3e arrondissement").place is None


@pytest.mark.parametrize(
    ("start", "first"),
    [
        ("au", "Aubagne"),
        ("st r", "Saint-Rémy-de-Provence"),
        ("la ci", "La Ciotat"),
        ("Éguil", "Éguilles"),
        ("13400", "Aubagne"),
        ("marseille 3", "Marseille 3e"),
        ("nic", "Nice"),
    ],
)
def test_the_first_letters_are_completed_with_the_department_first(start: str, first: str) -> None:
    places = complete_place(start)
    assert places[0].name == first
    assert len(places) <= 8
    outside = [place.is_outside for place in places]
    assert outside == sorted(outside)


@pytest.mark.parametrize("start", ["", "a", " ", "(", "é", "\x00", "zzzz"])
def test_one_letter_or_nonsense_is_not_completed(start: str) -> None:
    assert complete_place(start) == ()


def test_a_completion_stops_where_it_is_told_to() -> None:
    assert len(complete_place("mar", limit=3)) == 3
