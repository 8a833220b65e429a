"""How filters narrow what was found, and what each facet counts."""

from dataclasses import replace

import pytest

from search.contracts import FACETS, EngineQuery, SearchFilters, SearchScope
from tests.contracts.world import AUBAGNE, MARSEILLE, document, entry


@pytest.fixture
def found(ask):
    """The keys that these filters leave."""

    def found(words="", *, place=None, types=(), **filters):
        answer = ask(words, place=place, types=types, limit=50, filters=SearchFilters(**filters))
        assert answer.total == len(answer.hits)
        return {hit.key for hit in answer.hits}

    return found


def test_several_types_ticked_are_alternatives(found):
    assert found(types=(), **{"public": "adolescents"}) >= {"mda-marseille", "cmpea-aubagne"}
    assert found("groupe", types=("GEM", "CMP")) >= {"gem-aubagne", "gem-martigues"}


def test_types_that_are_ticked_narrow_the_types_that_were_named(ask):
    answer = ask(types=("CMP", "GEM"), filters=SearchFilters(types=("GEM", "MDA")))
    assert {hit.key for hit in answer.hits} == {"gem-aubagne", "gem-martigues"}


def test_a_public_keeps_what_is_for_everybody(found):
    assert found("dépression", public="adolescents") == {"ligne-ecoute", "page-depression"}
    assert found("dépression", public="adultes") == {
        "cmp-aubagne",
        "ligne-ecoute",
        "page-depression",
    }


def test_an_age_keeps_what_has_no_age(found):
    assert found("dépression", age="3-11") == {"ligne-ecoute", "page-depression"}


def test_every_practical_thing_that_is_ticked_must_be_true(found):
    assert found(practical=("gratuit", "sansrdv")) == {"gem-martigues", "mda-marseille"}


def test_a_language_keeps_those_who_speak_it(found):
    assert found(language="en") == {"cmp-arles", "mda-marseille"}


@pytest.mark.parametrize(
    ("km", "expected"),
    [
        (5, {"cmp-aubagne", "cmpea-aubagne", "gem-aubagne", "equipe-mobile", "foyer-masque"}),
        (15, {"cmp-marseille"}),
        (20, {"mda-marseille"}),
        (50, {"gem-martigues"}),
    ],
)
def test_a_distance_keeps_what_is_nearer_or_in_the_place_itself(found, km, expected):
    assert found(place=AUBAGNE, km=km) >= expected
    assert found(place=AUBAGNE, km=km).isdisjoint({"cmp-arles", "page-sommeil", "ligne-ecoute"})


def test_what_is_in_the_town_is_never_too_far(engine):
    engine.put([entry("bord", "CMP", "Au bord", ("13213", 43.37, 5.45))])
    answer = engine.search(EngineQuery(place=MARSEILLE, filters=SearchFilters(km=5)))
    assert [hit.key for hit in answer.hits] == ["bord"]


def test_only_some_keys_may_be_let_through(ask):
    answer = ask("dépression", only=frozenset({"cmp-aubagne", "gem-aubagne", "page:404"}))
    assert [hit.key for hit in answer.hits] == ["cmp-aubagne"]
    assert answer.total == 1
    assert answer.counts["type"] == {"CMP": 1}


def test_no_key_let_through_leaves_nothing(ask):
    answer = ask("dépression", only=frozenset())
    assert (answer.hits, answer.total) == ((), 0)


def test_thousands_of_keys_may_be_let_through(ask):
    only = frozenset({"cmp-aubagne"} | {f"page:{number}" for number in range(5000)})
    assert ask("dépression", only=only).total == 1


def test_filters_that_exclude_all_do_not_widen_the_words(found):
    # « psychiatrie sommeil » is held by one document: the filter may leave none.
    assert found("psychiatrie sommeil", public="enfants") == set()


def test_promoted_and_likely_documents_are_narrowed_like_the_others(ask):
    answer = ask(
        "dépression",
        promoted=("action-14",),
        likely_types=("GEM",),
        filters=SearchFilters(practical=("gratuit",)),
    )
    assert {hit.key for hit in answer.hits} == {"cmp-aubagne", "ligne-ecoute", "gem-martigues"}


@pytest.mark.parametrize(
    "filters",
    [
        {"types": ("CMP'; --",)},
        {"public": "%"},
        {"public": "adultes|pratique:gratuit"},
        {"language": "en' OR 1=1"},
        {"practical": ('"',)},
        {"age": "\x00"},
    ],
)
def test_a_code_that_no_document_has_keeps_what_has_none(found, filters):
    left = found(**filters)
    if {"types", "language", "practical"} & filters.keys():
        assert left == set()
    else:
        assert "cmp-aubagne" not in left
        assert "ligne-ecoute" in left


# Counts.


def test_each_type_is_counted(ask):
    assert ask(scope=SearchScope.ENTRIES).counts["type"] == {
        "CMP": 3,
        "CMPEA": 1,
        "GEM": 2,
        "MDA": 1,
        "SAVS": 1,
        "EMPP": 1,
        "LIGNE_ECOUTE": 1,
    }


def test_counts_are_of_what_the_words_find(ask):
    counts = ask("dépression").counts
    assert counts["type"] == {"CMP": 1, "LIGNE_ECOUTE": 1, "PAGE_INFO": 1}
    assert counts["pratique"] == {"gratuit": 2, "pmr": 1, "distance": 1}


def test_a_public_counts_what_is_for_everybody(ask):
    counts = ask(scope=SearchScope.ENTRIES).counts["public"]
    assert counts["adultes"] == 5 + 1
    assert counts["adolescents"] == 2 + 1


def test_a_facet_leaves_its_own_filter_aside_but_not_the_others(ask):
    answer = ask(filters=SearchFilters(types=("GEM",), practical=("gratuit",)))
    assert answer.total == 1
    assert answer.counts["type"] == {
        "GEM": 1,
        "CMP": 3,
        "CMPEA": 1,
        "MDA": 1,
        "EMPP": 1,
        "LIGNE_ECOUTE": 1,
    }


def test_practical_codes_are_counted_with_those_already_ticked(ask):
    counts = ask(filters=SearchFilters(practical=("gratuit",))).counts["pratique"]
    assert counts == {"gratuit": 8, "pmr": 2, "sansrdv": 2, "distance": 1}


def test_distances_are_counted_when_there_is_a_place(ask):
    counts = ask(place=AUBAGNE).counts["distance"]
    assert counts == {"5": 5, "10": 5, "20": 7, "50": 8}


def test_distances_leave_the_distance_chosen_aside(ask):
    near = ask(place=AUBAGNE, filters=SearchFilters(km=5))
    assert near.total == 5
    assert near.counts["distance"] == {"5": 5, "10": 5, "20": 7, "50": 8}
    assert near.counts["type"] == {"CMP": 1, "CMPEA": 1, "GEM": 1, "EMPP": 1, "SAVS": 1}


def test_without_a_place_no_distance_is_counted(ask):
    assert "distance" not in ask().counts


def _with(filters: SearchFilters, facet: str, code: str) -> SearchFilters:
    """The filters of a reader who then chooses this code of this facet."""
    if facet == "pratique":
        return replace(filters, practical=tuple({*filters.practical, code}))
    if facet == "distance":
        return replace(filters, km=int(code))
    if facet == "type":
        return replace(filters, types=(code,))
    name = {"langue": "language"}.get(facet, facet)
    return replace(filters, **{name: code})


@pytest.mark.parametrize(
    "filters",
    [
        SearchFilters(),
        SearchFilters(public="adultes"),
        SearchFilters(practical=("gratuit",)),
        SearchFilters(practical=("gratuit", "sansrdv"), public="adolescents"),
        SearchFilters(types=("CMP", "GEM"), km=20),
        SearchFilters(language="en", km=50),
        SearchFilters(age="18-64", practical=("pmr",)),
    ],
)
@pytest.mark.parametrize("words", ["", "sommeil", "groupe dépression", "rendez-vous"])
def test_each_count_is_what_choosing_the_code_then_gives(filled, words, filters):
    query = EngineQuery(words=words, place=AUBAGNE, filters=filters)
    answer = filled.search(query)
    assert set(answer.counts) <= {*FACETS, "distance"}
    for facet, counts in answer.counts.items():
        for code, count in counts.items():
            then = filled.search(replace(query, filters=_with(filters, facet, code)))
            assert count > 0
            assert (facet, code, then.total) == (facet, code, count)


def test_an_unknown_facet_of_a_document_does_no_harm(engine):
    engine.put([document("a", facets={"type": ("CMP",), "public": ()}, kind="GEM")])
    assert engine.search(EngineQuery()).counts == {"type": {"GEM": 1}}


def test_hours_keep_entries_known_to_be_open_then_and_all_pages(filled, ask):
    filled.put(
        [
            entry("open", "GEM", "Atelier du samedi", None, openings=("sa-matin", "sa-midi")),
            entry("other", "GEM", "Atelier du lundi", None, openings=("lu-matin",)),
            entry("unsaid", "GEM", "Atelier", None, openings=("sa-inconnu", "di-inconnu")),
            entry("never", "GEM", "Atelier fermé", None),
            document("page", title="Atelier, mode d’emploi"),
        ]
    )

    def found(*openings: str) -> set[str]:
        return {hit.key for hit in ask("atelier", filters=SearchFilters(openings=openings)).hits}

    assert found("sa-matin", "di-matin") == {"open", "page"}
    assert found("sa-inconnu") == {"unsaid", "page"}
    assert found("sa-inconnu", "sa-matin") == {"open", "unsaid", "page"}
    assert ask("atelier", filters=SearchFilters(openings=("di-nuit",))).total == 1
