"""What an establishment of FINESS becomes: its type, its name, its street, its commune."""

import pytest

from resources.finess.categories import CategoryClassifier, load_categories
from resources.finess.communes import CommuneMatcher
from resources.finess.establishment import FinessEstablishment, department_code, insee_code
from resources.finess.text_cleanup import readable_name, readable_street, way_of_line
from tests.factories.resources import ResourceTypeFactory
from tests.resources.finess.finess_world import make_communes, make_types


@pytest.fixture
def sorter(db: None) -> CategoryClassifier:
    make_types()
    return CategoryClassifier()


def establishment(category: str, name: str) -> FinessEstablishment:
    return FinessEstablishment(1, "130990011", name, category, "13")


@pytest.mark.parametrize(
    ("category", "name", "code"),
    [
        ("156", "CMP ADULTES DU PORT", "CMP"),
        ("156", "CMP CATTP PIJ DU PORT", "CMPEA"),
        ("156", "CMPEA DU PORT", "CMPEA"),
        ("156", "C.M.P. POUR ENFANTS", "CMPEA"),
        ("156", "CMP/CATTP ADULTES DU PORT", "CMP"),
        ("425", "CATTP LE COLIBRI", "CATTP"),
        ("292", "HJ L'ALBATROS", "HDJ"),
        ("292", "HDJ PSY GEN", "HDJ"),
        ("292", "CMP CATTP ADULTE BESSIERES CH MARCHANT", "CMP"),
        ("292", "CHS DU PORT", "HOPITAL_PSY"),
        ("101", "HJ PIJ ADOS DU PORT", "HDJ"),
        ("101", "HOPITAL DE PSYCHIATRIE", "HOPITAL_PSY"),
        ("355", "HJ PSY GEN LE RAMEL", "HDJ"),
        ("161", "CLINIQUE DU PORT", "CLINIQUE"),
        ("189", "CMPP LES ORMES", "CMPP"),
        ("197", "CSAPA CMP DU PORT", "CSAPA"),
        ("446", "SAVS HANDICAP PSYCHIQUE", "SAVS"),
    ],
)
def test_the_category_and_the_name_tell_the_type(
    sorter: CategoryClassifier, category: str, name: str, code: str
) -> None:
    kind = sorter.kind_of(establishment(category, name))
    assert kind is not None
    assert (kind.aside, kind.type_code) == ("", code)


@pytest.mark.parametrize(
    ("category", "name", "words"),
    [
        ("101", "PHARMACIE DU CHU", "pharmacie"),
        ("101", "STERILISATION CENTRALE", "sterilisation"),
        ("292", "SECTORISATION PSY NEBOUZAN", "sectorisation"),
        ("101", "HOPITAL DU NORD", "ne dit rien de la psychiatrie"),
        ("446", "SAVS DU PORT", "ne dit rien de la psychiatrie"),
        ("186", "ITEP DU PORT", "aucun type de lieu"),
        ("221", "BAPU DU PORT", "n’existe pas"),
    ],
)
def test_what_no_reader_looks_for_is_left_aside_with_a_reason(
    sorter: CategoryClassifier, category: str, name: str, words: str
) -> None:
    kind = sorter.kind_of(establishment(category, name))
    assert kind is not None
    assert words in kind.aside


def test_a_category_that_is_not_about_mental_health_is_not_looked_at(
    sorter: CategoryClassifier,
) -> None:
    assert sorter.kind_of(establishment("500", "EHPAD PSY DU PORT")) is None
    assert sorter.kind_of(establishment("124", "CABINET DENTAIRE")) is None


def test_a_type_that_the_coordinator_ties_to_a_category_is_imported(db: None) -> None:
    ResourceTypeFactory(code="ITEP", name="ITEP", finess_category="186")
    ResourceTypeFactory(code="SANTE", name="Centre de santé", finess_category="124")
    sorter = CategoryClassifier()
    for category, code in (("186", "ITEP"), ("124", "SANTE")):
        kind = sorter.kind_of(establishment(category, "LE PORT"))
        assert kind is not None
        assert kind.type_code == code


@pytest.mark.parametrize(
    ("name", "publics", "ages"),
    [
        ("HJ PIJ BORIS VIAN 8-12 ANS", ("enfants", "adolescents"), (8, 12)),
        ("HJ PIJ PETITS 3 A 8 ANS", ("enfants", "adolescents"), (3, 8)),
        ("HJ PIJ ADOS", ("adolescents",), None),
        ("HJ PSY GEN MURET", ("adultes",), None),
        ("HJ 12 A 3 ANS", (), None),
    ],
)
def test_the_name_tells_for_whom(
    sorter: CategoryClassifier, name: str, publics: tuple[str, ...], ages: tuple[int, int] | None
) -> None:
    kind = sorter.kind_of(establishment("292", name))
    assert kind is not None
    assert (kind.publics, kind.ages) == (publics, ages)


def test_a_cmp_that_does_not_say_for_whom_is_to_be_looked_at(sorter: CategoryClassifier) -> None:
    kind = sorter.kind_of(establishment("156", "CMP FONSORBES"))
    assert kind is not None
    assert kind.audience == ""
    assert "pour qui" in kind.remarks[0]


def test_every_category_of_our_table_says_what_becomes_of_it() -> None:
    assert {"156", "425", "292", "189", "197"} <= set(load_categories())
    assert {category.rule for category in load_categories().values()} == {"oui", "nom"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("CMP PIJ BLAGNAC CHU", "CMP psychiatrie infanto-juvénile Blagnac CHU"),
        ("CMPP LES ORMES SITE DE PORTET", "CMPP Les Ormes site de Portet"),
        ("HJ L'ALBATROS", "Hôpital de jour L’Albatros"),
        ("HJ PSY GENERALE DES ARENES", "Hôpital de jour psychiatrie générale des Arenes"),
        ("CSAPA BOURG ST BERNARD", "CSAPA Bourg Saint Bernard"),
        ("HJ PETITS 3 A 8 ANS", "Hôpital de jour petits 3 à 8 ans"),
        ("CSAPA TOULOUSE (AAT)", "CSAPA Toulouse (AAT)"),
        ("CMP ADULTES  S2 ARENES", "CMP adultes S2 Arenes"),
        ("CENTRE HOSPITALIER D'AUBAGNE", "Centre hospitalier d’Aubagne"),
        ("Déjà écrit comme il faut", "Déjà écrit comme il faut"),
        ("", ""),
    ],
)
def test_names_in_capitals_become_readable(written: str, read: str) -> None:
    assert readable_name(written) == read


@pytest.mark.parametrize(
    ("cells", "street"),
    [
        (("134", "", "RTE", "D'ESPAGNE"), "134 route d’Espagne"),
        (("12", "B", "R", "DE SEYSSES"), "12 bis rue de Seysses"),
        (("13", "", "CHE", "DES NAUZES"), "13 chemin des Nauzes"),
        (("", "", "PL", "DU 8 MAI 1945"), "Place du 8 Mai 1945"),
        (("26", "T", "AV", "ST EXUPERY"), "26 ter avenue Saint Exupery"),
        (("2", "", "RUE", "DU PORT HAUT"), "2 rue du Port Haut"),
        (("0007", "", "BD", "BD DU NORD"), "7 boulevard du Nord"),
        (("", "", "", "LE BARBIE"), "Le Barbie"),
        (("", "", "", ""), ""),
    ],
)
def test_streets_are_spelled_out(cells: tuple[str, str, str, str], street: str) -> None:
    assert readable_street(*cells) == street


@pytest.mark.parametrize(
    ("line", "way", "mended"),
    [
        ("12 RUE AUGUSTE THIERS", "AUGUSTE IERS", "AUGUSTE THIERS"),
        ("3 BD THEODORE THURNER", "EODORE URNER", "THEODORE THURNER"),
        ("62 AVENUE DE JASSERON", "DE JASSERON", "DE JASSERON"),
        ("62 AVENUE DE LYON", "DE PARIS", "DE PARIS"),
        ("", "IERS", "IERS"),
    ],
)
def test_the_letters_lost_in_a_street_come_back_from_the_envelope(
    line: str, way: str, mended: str
) -> None:
    assert way_of_line(line, way) == mended


@pytest.mark.parametrize(
    ("code", "postcode", "town", "commune", "shown"),
    [
        ("13055", "13326", "MARSEILLE CEDEX 15", "13215", "13015"),
        ("13055", "13001", "MARSEILLE", "13201", "13001"),
        ("13055", "13272", "MARSEILLE CEDEX 08", "13055", "13272"),
        ("13055", "13385", "MARSEILLE CEDEX 20", "13055", "13385"),
        ("13202", "13236", "MARSEILLE CEDEX 02", "13202", "13002"),
        ("13201", "13001", "MARSEILLE", "13201", "13001"),
        ("13001", "13617", "AIX EN PROVENCE CEDEX 1", "13001", "13617"),
        ("13005", "13677", "AUBAGNE CEDEX", "13005", "13400"),
        ("13999", "13400", "AUBAGNE", "13005", "13400"),
        ("13999", "13999", "NULLE PART", "", "13999"),
    ],
)
def test_the_commune_and_the_cedex_give_the_arrondissement_and_its_postcode(
    db: None, code: str, postcode: str, town: str, commune: str, shown: str
) -> None:
    make_communes()
    found = CommuneMatcher("13").find(code, postcode, town)
    assert (found.code, found.postcode) == (commune, shown)
    assert bool(found.remarks) == (code == "13999")


@pytest.mark.parametrize(
    ("department", "commune", "code"),
    [("13", "055", "13055"), ("9A", "120", "97120"), ("9D", "411", "97411"), ("2A", "004", "2A004"),
     ("9F", "08", "97608"), ("13", "13055", "13055")],
)  # fmt: skip
def test_the_insee_code_is_put_together(department: str, commune: str, code: str) -> None:
    assert insee_code(department_code(department), commune) == code
