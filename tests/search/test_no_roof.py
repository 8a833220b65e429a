"""Somebody without a roof tonight is led to 115, and to nothing that they did not say."""

import pytest

from portal.crisis.help_numbers import danger_message, quiet_message
from search.understanding.danger.assessment import DangerSigns, signs_in


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


IN_DANGER = lines("""
    nous dormons dehors avec le bébé
    je dors dehors ce soir avec mes deux enfants
    une femme dort dehors avec un nourrisson
    je suis à la rue enceinte ce soir il fait froid
    on dort dans la voiture avec les enfants il gèle
    on est à la rue ce soir avec deux petits
    je dors dans ma voiture enceinte de 7 mois
    ma famille dort dans une tente avec un bébé
    deux enfants qui dorment à la gare
    mes enfants et moi on dort dans la voiture
    nous dormons dans un parking avec notre fille de 3 ans
    je passe la nuit dehors il fait moins cinq degrés
    enceinte et à la rue
    expulsés hier avec trois enfants
    mon bébé et moi nous dormons dans le hall
""")
WITHOUT_ROOF = lines("""
    je dors dans ma voiture ce soir
    je dors dans la rue depuis une semaine
    115 ne répond pas
    le 115 ne me répond jamais
    le 115 est saturé
    115 plus de place
    le 115 me dit qu'il n'y a plus de place
    je n'ai nulle part où dormir ce soir
    je sais pas ou dormir
    mis à la porte cette nuit
    plus de logement depuis hier
    je suis sdf où aller
    je me retrouve à la rue
    on dort à l'hôtel mais demain on est à la rue
    hébergement femme enfants urgence
    foyer pour ce soir
    cherche une place en foyer cette nuit
    expulsée demain
    où coucher ce soir
    pas d'endroit pour dormir
    je suis sans abri
""")
NOTHING_OF_IT = lines("""
    mon bébé dort mal dans la voiture
    camping dormir dehors à la belle étoile
    dormir dehors en randonnée
    où dormir à marseille pas cher
    aide aux sans abri bénévole
    domiciliation sans abri
    expulsion locative délai
    personne ne répond au cmp
    mon chien dort dehors
    ma fille joue dehors avec ses copines
    je dors mal
    logement d'urgence
    urgences pédopsychiatriques adresse
    ma femme achète compulsivement
""")


@pytest.mark.parametrize("text", IN_DANGER)
def test_with_a_child_or_in_the_cold_it_is_a_danger(text: str) -> None:
    assert signs_in(text) == DangerSigns(danger="sans_abri")


@pytest.mark.parametrize("text", WITHOUT_ROOF)
def test_without_a_roof_115_is_said_quietly(text: str) -> None:
    assert signs_in(text) == DangerSigns(quiet="ou_dormir")


@pytest.mark.parametrize("text", NOTHING_OF_IT)
def test_what_looks_like_it_shows_no_danger(text: str) -> None:
    signs = signs_in(text)
    assert signs.danger == ""
    assert signs.quiet != "ou_dormir"


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("mon mari me frappe je dors dans ma voiture", "violence"),
        ("mes parents m'ont mis dehors j'ai 15 ans", "enfance"),
        ("je dors dans ma voiture je veux mourir", "suicide"),
        ("mon téléphone coupe je veux mourir", "suicide"),
        ("seul avec mon chat je veux mourir", "suicide"),
        ("il ne répond plus et ne respire pas", "respiration"),
        ("le 15 ne répond pas", "urgence"),
    ],
)
def test_another_danger_stays_first(text: str, danger: str) -> None:
    assert signs_in(text).danger == danger


def test_the_number_to_call_first_is_115() -> None:
    for message in (danger_message("sans_abri"), quiet_message("ou_dormir")):
        assert message is not None
        assert message.numbers[0].number == "115"
