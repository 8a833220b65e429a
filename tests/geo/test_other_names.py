"""Names that are no commune's, ordinals in letters, names as they are heard, towns beside."""

import csv
from collections import Counter

import pytest

from portal.geo.gazetteer import department_towns
from portal.geo.resolve import place_in, place_named
from portal.geo.services import DATA_DIR
from tests.geo.known_words import is_known


def code_in(text: str) -> str:
    place = place_in(text, is_known).place
    return place.code if place else ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("psychologue l'estaque", "13216"),
        ("psychologue à l’Estaque", "13216"),
        ("cmp puyricard", "13001"),
        ("cmp les milles", "13001"),
        ("cmp luynes", "13001"),
        ("cmp saint marcel", "13211"),
        ("cmp st barnabé", "13212"),
        ("psy la belle de mai", "13203"),
        ("cmp la valentine", "13211"),
        ("cmp à la rose", "13213"),
        ("gem salin de giraud", "13004"),
        ("gem le panier", "13202"),
        ("cmp la couronne", "13056"),
        ("psy pointe rouge", "13208"),
        ("cmp pont de l'arc", "13001"),
        ("cmp la savine", "13215"),
        ("psy entressen", "13047"),
        ("cmp mars 14", "13214"),
        ("cmp lestaque", "13216"),
        ("psy mazargue", "13209"),
        ("cmp puyricar", "13001"),
        ("cmp chateau gomber", "13213"),
        ("cmp le 15eme nord", "13215"),
        ("cmp du 8 ème", "13208"),
        ("cmp dans le 3", "13203"),
        ("gem le 13e", "13213"),
        ("cmp dans le 13", "13"),
        ("cmp port de bou", "13077"),
        ("fos sur mere cmp", "13039"),
        ("cmp arles sur tech", "66009"),
    ],
)
def test_a_quarter_or_a_hamlet_is_where_it_stands(text: str, code: str) -> None:
    assert code_in(text) == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("cmp la castellane", ["13215", "13206"]),
        ("psy à la castellane", ["13215", "13206"]),
        ("cmp castellane", ["13206", "13215"]),
    ],
)
def test_two_places_that_an_article_tells_apart_are_both_offered(
    text: str, codes: list[str]
) -> None:
    found = place_in(text, is_known)
    assert found.place
    assert [found.place.code, *(place.code for place in found.choices)] == codes


def test_the_list_has_the_111_quarters_of_marseille_and_a_source_for_each_name() -> None:
    with (DATA_DIR / "place_names.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert sum(row["nature"] == "quartier" for row in rows) == 111
    assert all(row["source"] for row in rows)
    own = department_towns("13")
    assert all(own.with_code(row["code_insee"]) for row in rows)


@pytest.mark.parametrize(("text", "code"), [("Préfecture", "13206"), ("La Timone", "13210")])
def test_a_quarter_named_by_ordinary_words_is_a_place_in_the_field_only(
    text: str, code: str
) -> None:
    found = place_named(text).place
    assert found
    assert found.code == code
    assert not code_in(f"psy {text.lower()}")


@pytest.mark.parametrize(
    "text",
    [
        "hôpital saint joseph",
        "hopital sainte marguerite",
        "croix rouge écoute",
        "les médecins",
        "rdv 14 mars",
        "mon premier rendez-vous",
        "rdv le 1er",
        "le 3e enfant",
        "dans le 3 pieces",
        "hopital st joseph",
        "premier rdv psy",
        "la pomme est un fruit",
        "le panier moyen",
        "la couronne dentaire",
        "la solidarité entre voisins",
    ],
)
def test_a_house_a_date_or_an_ordinary_word_is_no_quarter(text: str) -> None:
    assert not code_in(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("cmp marseille premier", "13201"),
        ("cmp marseille dixième", "13210"),
        ("cmp dixième", "13210"),
        ("quatorzième arrondissement", "13214"),
        ("dans le quinzième", "13215"),
        ("premier arrondissement de marseille", "13201"),
    ],
)
def test_an_ordinal_may_be_in_letters(text: str, code: str) -> None:
    assert code_in(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("cmp vitrole", "13117"),
        ("cmp obagne", "13005"),
        ("cmp istre", "13047"),
        ("aix en provance cmp", "13001"),
        ("cmp gardane", "13041"),
    ],
)
def test_a_name_may_be_written_as_it_is_heard(text: str, code: str) -> None:
    assert code_in(text) == code


@pytest.mark.parametrize(
    ("text", "code", "department"),
    [
        ("saint maximin cmp", "83116", "Var"),
        ("cmp la seyne", "83126", "Var"),
        ("psy six fours", "83129", "Var"),
        ("cmp bagnols", "30028", "Gard"),
        ("cmp avignon", "84007", "Vaucluse"),
    ],
)
def test_the_short_name_of_a_town_beside_is_said_to_be_in_another_department(
    text: str, code: str, department: str
) -> None:
    place = place_in(text, is_known).place
    assert place
    assert (place.code, place.department, place.is_outside) == (code, department, True)


def test_the_list_of_other_names_points_to_communes_and_says_each_name_once() -> None:
    rows = (DATA_DIR / "place_names.csv").read_text("utf-8").splitlines()[1:]
    codes = {row.split(",")[1] for row in rows}
    assert all(department_towns("13").with_code(code) for code in codes)
    assert max(Counter(row.split(",")[0] for row in rows).values()) == 1
    assert sum(",quartier," in row for row in rows) == 111
