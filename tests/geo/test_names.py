import pytest

from portal.geo.names import fold


@pytest.mark.parametrize(
    ("said", "official"),
    [
        ("St-Rémy de Provence", "Saint-Rémy-de-Provence"),
        ("AIX EN PROVENCE CEDEX 1", "Aix-en-Provence"),
        ("Marseille 3ème", "Marseille 3e Arrondissement"),
        ("marseille 1er", "Marseille 1er Arrondissement"),
        ("Marseille 03", "Marseille 3e Arrondissement"),
        ("ciotat", "La Ciotat"),
        ("Saintes Maries de la Mer", "Saintes-Maries-de-la-Mer"),
        ("l’isle sur la sorgue", "L'Isle-sur-la-Sorgue"),
        ("e\u0301guilles", "Éguilles"),
    ],
)
def test_a_place_said_in_a_usual_way_is_its_official_name(said: str, official: str) -> None:
    assert fold(said) == fold(official)


def test_two_arrondissements_stay_different() -> None:
    assert fold("Marseille 1er Arrondissement") != fold("Marseille 11e Arrondissement")


@pytest.mark.parametrize("nonsense", ["", "   ", "\x00", '"', "»»»", "😀", "\u202e"])
def test_nonsense_folds_to_nothing_without_error(nonsense: str) -> None:
    assert fold(nonsense) == ""
