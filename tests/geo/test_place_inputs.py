"""Whatever is typed, the look-up of a place answers."""

import unicodedata

import pytest

from portal.geo.resolve import complete_place, place_in, place_named

UGLY = [
    "",
    "   ",
    "\x00",
    '"',
    'psy"',
    "(" * 500,
    "a" * 10_000,
    "13003 " * 2_000,
    '"""((((OR AND NOT',
    "NEAR(a b)",
    "*",
    "%27 OR 1=1 --",
    "<img onerror>",
    "😀",
    "½ ² ٣ ⅓",
    "\ud800",
    "a\u0300" * 150,
    "-" * 300,
    "’ ' ’",
    "9" * 200 + " km",
    "00 000 0e 99e",
    "st st ste",
    "à à la le les",
    "km km 10 km",
    "près de " * 30,
    "13 13 13",
    "2a 2b 2c",
]


@pytest.mark.parametrize("text", UGLY, ids=range(len(UGLY)))
def test_no_input_breaks_the_look_up(text: str) -> None:
    for is_known in (lambda word: True, lambda word: False):
        assert len(place_in(text, is_known).rest) <= 200
    assert len(place_named(text).rest) <= 200
    assert len(complete_place(text)) <= 8


@pytest.mark.parametrize(
    "text",
    [
        "\u202eaubagne",
        "aubagne\u202e",
        "\u200baubagne\u200b",
        "au\xadbagne",
        "\x00aubagne",
        "😀 aubagne 😀",
        "ＡＵＢＡＧＮＥ",
        "« aubagne »",
        "aubagne" + "\n" * 50,
        "aubagne " + "(" * 500,
    ],
)
def test_marks_that_name_nothing_do_not_hide_a_place(text: str) -> None:
    assert place_in(text, lambda word: False).place.name == "Aubagne"
    assert place_named(text).place.name == "Aubagne"


@pytest.mark.parametrize("name", ["Éguilles", "L’Isle-sur-la-Sorgue", "Œuilly"])
def test_accents_and_apostrophes_may_be_of_any_kind(name: str) -> None:
    code = place_named(name).place.code
    spellings = (
        unicodedata.normalize("NFD", name),
        name.upper(),
        name.lower().replace("’", "'").replace("é", "e").replace("œ", "oe"),
        name.replace("-", " "),
        name.replace("’", " "),
    )
    assert {place_named(spelling).place.code for spelling in spellings} == {code}


def test_a_very_far_distance_is_brought_back_to_what_makes_sense() -> None:
    assert place_named("à 9000 km de marseille").place.km == 200
    assert place_named("0 km de marseille").place.km == 1
