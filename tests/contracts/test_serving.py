"""An entry that does not serve the asked place is no answer: it is set aside, and can be asked."""

from dataclasses import replace

import pytest

from portal.geo.place import Place
from search.contracts import EngineQuery, SearchFilters, SearchScope
from tests.contracts.world import AUBAGNE, DEPARTMENT, MARSEILLE, document, entry

_AUBAGNE = ("13005", 43.2927, 5.5708)
_MARSEILLE_11 = ("13211", 43.29, 5.48)
ELEVENTH = Place(code="13211", name="Marseille 11e", lat=43.29, lon=5.48, codes=("13211", "13055"))
AVIGNON = Place(code="84007", name="Avignon", lat=43.95, lon=4.8, codes=("84007",), is_outside=True)
BY_ADDRESS = ("CMP",)

DOORS = [
    entry("cmp-11", "CMP", "CMP du 11e", _MARSEILLE_11, area=("13211",),
          facets={"age": ("26-64",)}),
    entry("cmp-15", "CMP", "CMP du 15e", _MARSEILLE_11, area=("13215~", "13216")),
    entry("cmp-aubagne", "CMP", "CMP sans zone", _AUBAGNE),
    entry("urgences", "URGENCES_PSY", "Urgences de Marseille", _MARSEILLE_11, area=("13055",)),
    entry(
        "dac", "DAC", "Appui à tous", ("13004", 43.67, 4.63), area=("*",),
        received='{"may_be_called":true,"notes":{"13215":"Au nord « du » boulevard"}}',
    ),
    entry("gem", "GEM", "GEM sans zone", ("13005", 43.3, 5.58)),
    document("page", title="Une page"),
]  # fmt: skip


@pytest.fixture
def doors(engine):
    engine.put(DOORS)

    def doors(**details):
        return engine.search(EngineQuery(**({"limit": 50, "by_address": BY_ADDRESS} | details)))

    return doors


def keys(answer):
    return [hit.key for hit in answer.hits]


def test_what_serves_others_is_set_aside_and_counted(doors):
    answer = doors(place=AUBAGNE)
    assert set(keys(answer)) == {"cmp-aubagne", "dac", "gem", "page"}
    assert (answer.total, answer.aside) == (4, 3)
    assert answer.counts["type"] == {"CMP": 1, "DAC": 1, "GEM": 1, "PAGE_INFO": 1}


def aside_keys(answer):
    return [hit.key for hit in answer.aside_hits]


def test_what_is_set_aside_can_be_asked_as_far_as_one_reads(doors):
    answer = doors(place=AUBAGNE, most_aside=9)
    assert set(aside_keys(answer)) == {"cmp-11", "cmp-15", "urgences"}
    assert len(doors(place=AUBAGNE, most_aside=2).aside_hits) == 2
    assert doors(place=AUBAGNE).aside_hits == ()


def test_what_is_set_aside_is_narrowed_as_the_rest(doors):
    ticked = SearchFilters(types=("CMP",), age="26-64")
    assert aside_keys(doors(place=AUBAGNE, most_aside=9, filters=ticked)) == ["cmp-11", "cmp-15"]
    near = SearchFilters(km=5)
    assert aside_keys(doors(place=AUBAGNE, most_aside=9, filters=near)) == []


def test_without_a_commune_a_name_finds_its_entry(doors):
    answer = doors(types=("CMP",), words="zone", most_aside=9)
    assert keys(answer) == ["cmp-aubagne"]
    assert set(aside_keys(answer)) == {"cmp-11", "cmp-15"}
    assert keys(doors(words="15e", most_aside=9)) == ["cmp-15"]


def test_what_surely_serves_comes_before_what_may_however_far(doors):
    assert keys(doors(place=AUBAGNE))[:1] == ["dac"]
    assert keys(doors(place=AUBAGNE, limit=2, offset=1)) == ["cmp-aubagne", "gem"]
    assert keys(doors(place=ELEVENTH, types=("CMP",))) == ["cmp-11", "cmp-aubagne"]


def test_an_arrondissement_is_served_by_who_serves_the_town(doors):
    assert "urgences" in keys(doors(place=ELEVENTH))
    assert doors(place=ELEVENTH).aside == 1


def test_a_town_is_served_by_who_serves_an_arrondissement(doors):
    town = replace(MARSEILLE, codes=("13055", "13211", "13215"))
    assert doors(place=town).aside == 0


def test_a_part_of_a_commune_is_served(doors):
    fifteenth = replace(ELEVENTH, code="13215", codes=("13215", "13055"))
    assert "cmp-15" in keys(doors(place=fifteenth))


def test_elsewhere_nobody_is_known_to_serve(doors):
    answer = doors(place=AVIGNON)
    assert set(keys(answer)) == {"cmp-aubagne", "gem", "page"}
    assert answer.aside == 4


@pytest.mark.parametrize("place", [None, DEPARTMENT, Place(code="", name="", lat=43.3, lon=5.4)])
def test_without_a_commune_what_depends_on_the_address_is_set_aside(doors, place):
    answer = doors(place=place)
    assert set(keys(answer)) == {"dac", "gem", "page", "urgences"}
    assert answer.aside == 3
    aside = aside_keys(doors(place=place, most_aside=9))
    assert set(aside) == {"cmp-11", "cmp-15", "cmp-aubagne"}


def test_an_age_that_is_not_said_is_not_sure(doors):
    adult = SearchFilters(age="26-64")
    both = doors(place=replace(MARSEILLE, codes=("13055", "13211", "13216")), types=("CMP",))
    assert set(keys(both)) == {"cmp-11", "cmp-15", "cmp-aubagne"}
    answer = doors(
        place=replace(MARSEILLE, codes=("13055", "13211", "13216")), types=("CMP",), filters=adult
    )
    assert keys(answer)[0] == "cmp-11"


def test_a_promoted_key_is_never_set_aside(doors):
    asked = {"types": ("CMP", "DAC", "GEM", "URGENCES_PSY"), "promoted": ("cmp-15",)}
    answer = doors(place=AUBAGNE, **asked)
    assert keys(answer)[0] == "cmp-15"
    assert (answer.total, answer.aside) == (4, 2)
    assert "cmp-15" not in aside_keys(doors(place=AUBAGNE, most_aside=9, **asked))
    alone = doors(types=("CMP",), promoted=("cmp-15",))
    assert keys(alone) == ["cmp-15"]
    assert (alone.total, alone.aside) == (1, 2)


@pytest.mark.parametrize("words", ["", "cmp", "marseille zone"])
def test_pages_follow_each_other_and_counts_hold(doors, words):
    everything = doors(place=AUBAGNE, words=words)
    one_by_one = [
        keys(doors(place=AUBAGNE, words=words, offset=rank, limit=1))
        for rank in range(everything.total)
    ]
    assert [key for page in one_by_one for key in page] == keys(everything)
    for code, count in everything.counts.get("type", {}).items():
        chosen = doors(place=AUBAGNE, words=words, filters=SearchFilters(types=(code,)))
        assert chosen.total == count


def test_what_receives_by_address_and_does_not_say_whom_is_an_answer_in_its_commune(engine):
    engine.put(
        [
            entry("a", "CMP", "CMP", _AUBAGNE, area=("13005?",)),
            entry("b", "CMP", "CMP", _AUBAGNE, area=("13005",)),
        ]
    )

    def ask(**details):
        return engine.search(EngineQuery(limit=9, most_aside=9, by_address=BY_ADDRESS, **details))

    assert keys(ask(place=AUBAGNE)) == ["b", "a"]
    assert ask(place=AUBAGNE).aside == 0
    assert keys(ask(place=ELEVENTH)) == []
    assert set(aside_keys(ask(place=ELEVENTH))) == {"a", "b"}
    assert keys(ask(place=ELEVENTH, promoted=("a",))) == ["a"]


def test_hits_say_the_area(doors):
    areas = {hit.key: hit.area for hit in doors(place=AUBAGNE).hits}
    assert areas["dac"] == ("*",)
    assert areas["gem"] == ()


def test_hits_give_back_what_was_kept_of_whom_they_receive(doors):
    kept = {hit.key: hit.received for hit in doors(place=AUBAGNE).hits}
    assert kept["dac"] == '{"may_be_called":true,"notes":{"13215":"Au nord « du » boulevard"}}'
    assert kept["gem"] == ""
    facets = {hit.key: dict(hit.facets) for hit in doors(place=ELEVENTH).hits}
    assert facets["cmp-11"] == {"age": ("26-64",)}
    assert facets["gem"] == {}


def test_an_explanation_of_a_type_is_no_door(engine):
    engine.put([document("type:1", kind="CMP", title="Un CMP, c’est quoi ?")])
    answer = engine.search(EngineQuery(by_address=BY_ADDRESS, scope=SearchScope.ALL))
    assert keys(answer) == ["type:1"]
