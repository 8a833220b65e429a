"""What « Où ? » means, in the Bouches-du-Rhône."""

import pytest

from portal.geo.place import Mode
from portal.geo.places import place_in, place_named

KNOWN = """
    addiction ado adolescent aide alcool anxiete cattp centre clsm cmp cmpp consultation crise csapa
    depression ecoute enfant enfants famille gem gratuit hopital hopitaux jeune jeunes jour ligne
    maison medico mentale mort mourir psy psychiatre psychologique psychologue samsah sante suicide
    urgence urgences violence
"""


def is_known(word: str) -> bool:
    return word in KNOWN.split()


@pytest.mark.parametrize(
    ("text", "code", "name", "km"),
    [
        ("13003", "13203", "Marseille 3e", None),
        ("marseille 3e", "13203", "Marseille 3e", None),
        ("marseille 3ème arrondissement", "13203", "Marseille 3e", None),
        ("Marseille 15ème", "13215", "Marseille 15e", None),
        ("marseille 3", "13203", "Marseille 3e", None),
        ("3e arrondissement de marseille", "13203", "Marseille 3e", None),
        ("aix", "13001", "Aix-en-Provence", None),
        ("salon", "13103", "Salon-de-Provence", None),
        ("st rémy", "13100", "Saint-Rémy-de-Provence", None),
        ("st-rémy de pce", "13100", "Saint-Rémy-de-Provence", None),
        ("les pennes", "13071", "Les Pennes-Mirabeau", None),
        ("ciotat", "13028", "La Ciotat", None),
        ("près de martigues", "13056", "Martigues", 25),
        ("autour de salon 20 km", "13103", "Salon-de-Provence", 20),
        ("à 10 km de gardanne", "13041", "Gardanne", 10),
        ("10km autour d’aix", "13001", "Aix-en-Provence", 10),
        ("vers Istres", "13047", "Istres", 25),
        ("MARSEILLE CEDEX 20", "13055", "Marseille", None),
        ("13284 Marseille cedex 07", "13055", "Marseille", None),
        ("13400 Aubagne", "13005", "Aubagne", None),
        ("13005", "13205", "Marseille 5e", None),
        ("marseile", "13055", "Marseille", None),
        ("aubanne", "13005", "Aubagne", None),
        ("aix en provance", "13001", "Aix-en-Provence", None),
    ],
)
def test_a_place_is_understood_in_the_field_and_alone_in_the_question(
    text: str, code: str, name: str, km: int | None
) -> None:
    for found in (place_named(text), place_in(text, is_known)):
        assert (found.place.code, found.place.name, found.place.km) == (code, name, km)
        assert found.place.mode is (Mode.AROUND if km else Mode.EXACT)
        assert found.rest == ""
        assert not found.place.is_outside
