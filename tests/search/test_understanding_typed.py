"""Words that were not typed whole, or whose digits say when: what they mean is understood."""

from collections.abc import Iterator

import pytest

from search import source_registry
from search.source_registry import register_sector_keys
from tests.search.shipped_lexicon import asked, shipped_lexicon


@pytest.fixture(scope="module", autouse=True)
def _lexicon(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    with shipped_lexicon(django_db_blocker):
        yield


pytestmark = pytest.mark.django_db


def types_of(text: str) -> tuple[str, ...]:
    understood = asked(text)
    return (*understood.types, *understood.likely_types)


# The name of a type, some of whose words are cut.

CUT = """
    centre medico psycho | CMP
    centre médico psych salon | CMP
    centre medico psycho pedago | CMPP
    hopital psychia | HOPITAL_PSY
    urgence psychia marseille | URGENCES_PSY
    groupe entraide mut | GEM
    maison departementale des pers handicap | MDPH
    conseil local sante ment | CLSM
    equipe mobile psychia precarite | EMPP
    point accueil ecoute jeun | PAEJ
    consultation jeunes conso | CJC
    troubles conduites aliment | TCA
    psychia | CMP
    hopital de jou | HDJ
"""
# A name without its blanks, or an acronym of which two letters were swapped.
GLUED = """
    hopitaldejour | HDJ
    hopitaldejours aubagne | HDJ
    cmpenfant | CMPEA
    maisondesadolescents | MDA
    centremedicopsychologique | CMP
    cpm adulte | CMP
    gme arles | GEM
"""
# A word in two, as it is heard or not.
SPLIT = """
    orto foniste | CMPP
    psi kiatre | CMP
    psy cologue | CMP
    pedo psykiatre | CMPEA
    bi polaire | CMP
    depre sion | CMP
    alco olique | CSAPA
    adicto logue | CSAPA
    toxi comane | CSAPA
    an orexie | TCA
"""
SECTORS = """
    13G05 | CMP
    secteur 13g07 | CMP
    13 G 12 | CMP
    13g03 telephone | CMP
    13I02 | CMPEA
    secteur 13 i 06 | CMPEA
"""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        tuple(line.strip().split(" | "))
        for line in f"{CUT}{GLUED}{SPLIT}{SECTORS}".splitlines()
        if line
    ],
)
def test_words_that_are_not_whole_are_understood(text: str, code: str) -> None:
    assert types_of(text)[0] == code


WHOLE = [
    "sdf",
    "carte vitale",
    "cmp enfant st barnabé",
    "centre social",
    "maison de retraite",
    "foyer rural",
    "mal au dos",
    "psychologue adulte",
    "travail social",
]


@pytest.mark.parametrize("text", WHOLE)
def test_words_that_are_whole_stay_as_they_are(text: str) -> None:
    assert {"PAEJ", "EAM", "LOGEMENT", "ESAT", "CSAPA"}.isdisjoint(asked(text).types)


def test_the_cmps_of_a_sector_come_first_by_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_registry, "_sector_keys", [])
    register_sector_keys(lambda code, language: {"13G05": ["page:7"]}.get(code, []))
    assert asked("13 g 05").promoted == ("page:7",)
    assert asked("13G06").promoted == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ado qui joue aux jeux vidéos toute la nuit", "CJC"),
        ("mon fils de 17 ans fume", "CJC"),
        ("jeux d'argent en ligne aide", "CSAPA"),
        ("troubles obsessionnels", "CMP"),
        ("service d'aide à la vie sociale", "SAVS"),
        ("association de parents d'enfants malades psychiques", "UNAFAM"),
        ("travailleur social cherche appui situation complexe", "DAC"),
        ("violences conjugales association marseille", "PSYCHOTRAUMA"),
    ],
)
def test_what_people_say_of_a_trouble_or_a_service_leads_to_it(text: str, code: str) -> None:
    assert types_of(text)[0] == code


# Numbers of years, months or days are no words to look for.

TIMES = {
    "mon père de 78 ans ne parle plus depuis 2 ans": {"78", "2", "ans"},
    "insomnie 3 heures par nuit depuis deux mois": {"3", "heures", "deux", "mois"},
    "anxieux depuis une quinzaine de jours": {"quinzaine", "jours"},
    "ma fille de 5 ans et demi": {"5", "ans", "demi"},
    "78 ans": {"78", "ans"},
}


@pytest.mark.parametrize(("text", "numbers"), TIMES.items())
def test_ages_and_durations_are_not_looked_for(text: str, numbers: set[str]) -> None:
    assert numbers.isdisjoint(asked(text).text.split())


def test_an_age_stands_between_the_words_of_a_phrase() -> None:
    assert types_of("mon mari 58 ans boit tous les soirs")[0] == "CSAPA"


@pytest.mark.parametrize("text", ["hôpital de jour", "cap 48", "le 3919", "13400 cmp"])
def test_other_numbers_stay(text: str) -> None:
    understood = asked(text)
    assert understood.types or understood.likely_types or understood.place


@pytest.mark.parametrize(
    ("text", "is_remote"),
    [("psy par téléphone", True), ("téléphone du cmp", False), ("numéro de téléphone gem", False)],
)
def test_a_phone_is_asked_for_or_is_how_one_consults(text: str, is_remote: bool) -> None:
    assert ("distance" in asked(text).filters.practical) is is_remote
