"""Of whom a question speaks: an age is no duration, and a relative does not hide the trouble."""

from collections.abc import Iterator

import pytest

from tests.search.shipped_lexicon import asked, rows, shipped_lexicon


@pytest.fixture(scope="module", autouse=True)
def _lexicon(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    with shipped_lexicon(django_db_blocker):
        yield


pytestmark = pytest.mark.django_db


DURATIONS = [
    "je suis bipolaire depuis 12 ans cmp 13005",
    "depuis plus de 15 ans",
    "abstinent depuis bientôt 15 ans",
    "il y a 10 ans",
    "y a environ 16 ans",
    "ça fait 14 ans que je bois",
    "pendant 5 ans",
    "5 ans de dépression",
    "j'ai 15 ans d'abstinence",
    "quinze ans de thérapie",
    "tous les 2 ans",
    "tous les deux ans",
    "dans 12 ans",
    "après 17 ans",
    "16 ans plus tard",
    "15 ans que ça dure",
    "hospitalisé 3 ans",
    "en couple depuis 15 ans",
    "enceinte de 6 mois",
    "depuis 6 mois",
    "à 15 ans j'avais des crises",
    "j'avais 12 ans quand c'est arrivé",
    "depuis l'âge de 15 ans",
    "quand j'étais enfant",
    "quand j'étais petite",
    "traumatisme dans mon enfance",
]


@pytest.mark.parametrize("text", DURATIONS)
def test_how_long_or_how_long_ago_is_no_age(text: str) -> None:
    found = asked(text)
    assert not found.public
    assert not found.filters.public


AGES = """
    mon fils de 12 ans | adolescents | oui
    mon fils a 12 ans | adolescents | oui
    mon fils autiste de 8 ans ne parle plus | enfants | oui
    mon fils de huit ans | enfants | oui
    mon fils de 12 ans est suivi depuis 3 ans | adolescents | oui
    il y a 2 ans mon fils de 14 ans | adolescents | oui
    j'ai 17 ans | adolescents | oui
    j ai 17ans | adolescents | oui
    j'ai dix-sept ans | adolescents | oui
    elle vient d'avoir 15 ans | adolescents | oui
    mon fils aura bientôt 16 ans | adolescents | oui
    âgé de 16 ans | adolescents | oui
    psy 15 ans | adolescents | oui
    enfant 6 ans | enfants | oui
    bébé de 6 mois | enfants | oui
    femme de 35 ans | adultes | oui
    patient de 45 ans suivi depuis 10 ans | adultes | oui
    ma mère a quatre vingt deux ans | personnes_agees | non
    ma grand-mère de 88 ans | personnes_agees | non
    moins de 18 ans | adolescents | non
    plus de 65 ans | personnes_agees | non
    entre 12 et 25 ans | adolescents | non
    anorexie 14 ans | adolescents | non
    ado | adolescents | oui
    ehpad arles | personnes_agees | non
    ma fille est en terminale | adolescents | non
    en seconde | adolescents | non
    infirmière au lycée | adolescents | non
    mon fils en cm2 | enfants | non
    je peux voir un psy sans que mes parents le sachent | adolescents | non
"""


@pytest.mark.parametrize(("text", "public", "narrows"), rows(AGES))
def test_an_age_is_said_of_a_person_and_narrows_only_when_it_is_certain(
    text: str, public: str, narrows: str
) -> None:
    found = asked(text)
    assert found.public == public
    assert found.filters.public == (public if narrows == "oui" else "")


RELATIVES = """
    mon mari joue tout notre argent au pmu | CSAPA LIGNE_ECOUTE UNAFAM
    ma femme a des dettes de jeu | CSAPA LIGNE_ECOUTE UNAFAM
    ma femme boit | CSAPA UNAFAM
    mon frère prend de la cocaïne | CSAPA CAARUD UNAFAM
    mon copain fume du shit | CSAPA CJC UNAFAM
    ma fille ne mange plus | TCA UNAFAM
    mon père perd la tête | GERONTOPSY
    ma sœur est schizophrène | UNAFAM PROFAMILLE
    mon mari refuse de se soigner | UNAFAM EQUIPE_MOBILE
    ma mère sous tutelle | DROITS
"""


@pytest.mark.parametrize(("text", "types"), rows(RELATIVES))
def test_a_relative_is_helped_and_so_is_the_trouble(text: str, types: str) -> None:
    assert set(types.split()) <= set(asked(text).likely_types)


NO_RELATIVES = [
    "mon voisin crie toute la nuit",
    "mon voisin crie toute la nuit il est fou",
    "ma voisine parle toute seule",
    "un voisin agressif",
    "mon copain m'a quittée",
    "mon mari me trompe",
    "je suis maman et épuisée",
    "je suis un père célibataire",
]


@pytest.mark.parametrize("text", NO_RELATIVES)
def test_who_is_no_relative_to_help_leads_to_no_help_for_relatives(text: str) -> None:
    found = asked(text)
    assert found.public != "proches"
    assert not {"UNAFAM", "PROFAMILLE"} & set(found.likely_types)
