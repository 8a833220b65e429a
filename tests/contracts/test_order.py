"""In which order an engine shows what it found."""

import pytest

from portal.geo.place import Place
from search.contracts import EngineQuery, SearchFilters
from tests.contracts.world import AUBAGNE, DEPARTMENT, MARSEILLE, document, entry


def _keys(engine, **details):
    return [hit.key for hit in engine.search(EngineQuery(**details)).hits]


def test_the_title_weighs_more_than_the_type_the_summary_and_the_body(engine):
    engine.put(
        [
            document("corps", title="Un", body="jardin " * 20),
            document("resume", title="Deux", summary="Un jardin"),
            document("genre", title="Trois", kind_words="jardin"),
            document("titre", title="Le jardin", body="mot " * 50),
            document("autre", title="Sans rapport", body="potager"),
        ]
    )
    assert _keys(engine, words="jardin") == ["titre", "genre", "resume", "corps"]


def test_directory_entries_come_before_pages_that_hold_the_words_as_well(engine):
    engine.put(
        [
            document("page", title="Jardin"),
            entry("fiche", "GEM", "Jardin", None),
            document("autre", title="Potager"),
        ]
    )
    assert _keys(engine, words="jardin")[0] == "fiche"


def test_what_nothing_else_tells_apart_is_in_the_order_of_titles(engine):
    engine.put(
        [document(f"d{rank}", title=title) for rank, title in enumerate(["Zèbre", "été", "Abri"])]
    )
    assert _keys(engine) == ["d2", "d1", "d0"]


def test_promoted_documents_come_first_in_the_order_that_was_chosen(keys):
    found = keys("dépression", promoted=("action-14", "gem-aubagne"), place=AUBAGNE)
    assert found[:2] == ["action-14", "gem-aubagne"]


def test_likely_types_come_before_the_others(keys):
    found = keys("sommeil", likely_types=("GEM",))
    assert set(found[:2]) == {"gem-aubagne", "gem-martigues"}
    assert set(found[2:]) == {"cmp-aubagne", "cmp-arles", "page-sommeil"}


def test_among_likely_types_those_that_hold_the_words_come_first(keys):
    found = keys("Canaux", likely_types=("GEM", "MDA"))
    assert found[0] == "gem-martigues"


def test_likely_types_are_in_the_order_of_distance_when_there_is_a_place(keys):
    assert keys("sommeil", likely_types=("CMP",), place=AUBAGNE)[:3] == [
        "cmp-aubagne",
        "cmp-marseille",
        "cmp-arles",
    ]


def test_the_nearest_comes_first_when_there_is_a_place(keys):
    assert keys(types=("CMP",), place=AUBAGNE) == ["cmp-aubagne", "cmp-marseille", "cmp-arles"]
    arles = Place(code="13004", name="Arles", lat=43.6768, lon=4.6277, codes=("13004",))
    assert keys(types=("CMP",), place=arles) == ["cmp-arles", "cmp-marseille", "cmp-aubagne"]


def test_what_is_in_the_place_or_serves_it_comes_before_what_is_only_near(engine):
    engine.put(
        [
            entry("voisin", "CMP", "Voisin", ("13070", 43.2910, 5.5710)),
            entry("dedans", "CMP", "Dedans", ("13005", 43.3400, 5.6200)),
            entry("dessert", "CMP", "Dessert", ("13055", 43.3, 5.38), communes=("13055", "13005")),
        ]
    )
    assert _keys(engine, place=AUBAGNE) == ["dedans", "dessert", "voisin"]


def test_every_arrondissement_counts_as_the_town(keys):
    found = keys(place=MARSEILLE, limit=3)
    assert set(found) == {"cmp-marseille", "mda-marseille", "equipe-mobile"}


def test_what_has_no_address_comes_last_among_what_is_as_near_as_can_be_said(keys):
    found = keys(place=AUBAGNE, limit=50)
    inside = found[: found.index("foyer-masque") + 1]
    assert set(inside) == {
        "cmp-aubagne",
        "cmpea-aubagne",
        "gem-aubagne",
        "equipe-mobile",
        "foyer-masque",
    }
    assert set(found[-4:]) == {"ligne-ecoute", "page-sommeil", "page-depression", "action-14"}


def test_what_has_no_address_is_in_the_order_of_the_words(engine):
    engine.put(
        [
            document("resume", title="Un", summary="Un jardin"),
            document("titre", title="Jardin"),
            entry("loin", "GEM", "Autre", ("75101", 48.8, 2.3), body="jardin"),
            document("autre", title="Potager"),
        ]
    )
    assert _keys(engine, words="jardin", place=AUBAGNE) == ["loin", "titre", "resume"]


def test_a_whole_department_is_no_point_to_measure_from(ask):
    answer = ask("dépression", place=DEPARTMENT)
    assert [hit.key for hit in answer.hits] == [hit.key for hit in ask("dépression").hits]
    assert all(hit.distance_km is None for hit in answer.hits)
    assert "distance" not in answer.counts


@pytest.mark.parametrize("place", [None, DEPARTMENT])
def test_a_distance_without_a_point_leaves_nothing_out(ask, place):
    assert ask(place=place, filters=SearchFilters(km=5)).total == 13


def test_the_readers_own_position_is_a_place_without_a_name(keys):
    here = Place(code="", name="", lat=43.68, lon=4.63)
    assert keys(types=("CMP",), place=here)[0] == "cmp-arles"


def test_hits_say_how_far_they_are(ask):
    distances = {hit.key: hit.distance_km for hit in ask(place=AUBAGNE, limit=50).hits}
    assert distances["cmp-aubagne"] == pytest.approx(0.2, abs=0.05)
    assert distances["cmp-marseille"] == pytest.approx(13.9, abs=0.3)
    assert distances["cmp-arles"] == pytest.approx(87.5, abs=1)
    assert distances["foyer-masque"] is None
    assert distances["page-sommeil"] is None


def test_hits_say_what_a_list_shows(ask):
    hit = ask("garenne").hits[0]
    assert (hit.key, hit.kind, hit.url) == ("cmp-aubagne", "CMP", "/cmp-aubagne/")
    assert (hit.title, hit.is_entry) == ("Centre médico-psychologique La Garenne", True)
    assert (hit.page_id, hit.is_rough, hit.distance_km) == (101, False, None)
    assert hit.summary == "Consultations de psychiatrie pour les adultes du secteur d’Aubagne."


def test_hits_say_when_a_point_is_only_the_middle_of_the_commune(ask):
    rough = {hit.key for hit in ask(limit=50).hits if hit.is_rough}
    assert rough == {"gem-aubagne"}
