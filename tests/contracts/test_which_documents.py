"""Which documents an engine finds, before any filter."""

import pytest

from search.contracts import EngineQuery, SearchScope
from tests.contracts.world import document


def test_finds_what_holds_the_word(keys):
    assert set(keys("insomnie")) == {"page-sommeil"}


@pytest.mark.parametrize(
    "typed", ["dépression", "depression", "DÉPRESSION", "Dépressions", "dépressions"]
)
def test_accents_case_and_plural_make_no_difference(keys, typed):
    assert set(keys(typed)) == {"cmp-aubagne", "ligne-ecoute", "page-depression"}


@pytest.mark.parametrize("typed", ["l’anxiété", "l'anxiété", "anxiété", "d’anxiété"])
def test_elision_makes_no_difference_whatever_the_apostrophe(keys, typed):
    assert keys(typed) == ["cmp-aubagne"]


def test_accents_typed_as_two_characters_are_the_same(keys):
    assert keys("anxie\u0301te\u0301") == ["cmp-aubagne"]


def test_wants_all_the_words_wherever_they_are_in_the_document(keys):
    assert set(keys("psychiatrie sommeil")) == {"cmp-aubagne"}


def test_words_that_say_nothing_are_not_looked_for(keys):
    assert set(keys("la dépression et moi")) == set(keys("dépression"))


def test_looks_for_any_of_the_words_only_when_no_document_has_all(keys):
    assert set(keys("sophrologie entraide")) == {"page-sommeil", "gem-aubagne", "gem-martigues"}


def test_what_holds_more_of_the_words_comes_first_when_none_has_all(engine):
    engine.put([document("un", title="Jardin"), document("deux", title="Jardin potager")])
    hits = engine.search(EngineQuery(words="jardin potager partagé")).hits
    assert [hit.key for hit in hits] == ["deux", "un"]


def test_a_synonym_replaces_any_of_the_words(keys):
    assert set(keys("introuvable", synonyms=("insomnie",))) == {"page-sommeil"}


def test_a_synonym_of_several_words_wants_them_all(keys):
    assert set(keys("introuvable", synonyms=("groupe entraide",))) == {
        "gem-aubagne",
        "gem-martigues",
    }


def test_synonyms_add_to_what_the_words_find(keys):
    assert set(keys("insomnie", synonyms=("sophrologie", "entraide"))) == {
        "page-sommeil",
        "gem-aubagne",
        "gem-martigues",
    }


def test_the_ways_to_say_a_type_find_its_entries(keys):
    assert {"cmp-aubagne", "cmp-marseille", "cmp-arles"} == set(keys("centre médico-psychologique"))


def test_types_leave_everything_else_out(keys):
    assert set(keys(types=("GEM", "MDA"))) == {"gem-aubagne", "gem-martigues", "mda-marseille"}


def test_with_types_words_leave_nothing_out_but_rank(keys):
    found = keys("sommeil Alyscamps", types=("CMP",))
    assert found[0] == "cmp-arles"
    assert set(found) == {"cmp-aubagne", "cmp-marseille", "cmp-arles"}


def test_a_type_that_the_directory_does_not_have_finds_nothing(ask):
    answer = ask(types=("CLUBHOUSE",))
    assert (answer.hits, answer.total) == ((), 0)


def test_likely_types_are_found_whatever_their_words(keys):
    assert set(keys("insomnie", likely_types=("GEM",))) == {
        "page-sommeil",
        "gem-aubagne",
        "gem-martigues",
    }


def test_likely_types_alone_find_only_these_types(keys):
    assert set(keys(likely_types=("MDA",))) == {"mda-marseille"}


def test_a_promoted_document_is_found_whatever_its_words(keys):
    assert set(keys("insomnie", promoted=("action-14",))) == {"page-sommeil", "action-14"}


def test_a_promoted_document_is_found_beside_the_types_that_were_named(keys):
    found = keys(types=("MDA",), promoted=("page-depression",))
    assert found == ["page-depression", "mda-marseille"]


def test_a_promoted_key_that_does_not_exist_does_no_harm(keys):
    assert keys("insomnie", promoted=("page:404",)) == ["page-sommeil"]


def test_without_words_everything_of_the_language_is_found(ask):
    assert ask().total == 13


def test_scope_keeps_the_entries_of_the_directory(keys):
    assert set(keys("dépression", scope=SearchScope.ENTRIES)) == {"cmp-aubagne", "ligne-ecoute"}


def test_scope_keeps_the_pages(keys):
    assert set(keys("dépression", scope=SearchScope.PAGES)) == {"page-depression"}


def test_any_word_is_enough_when_no_document_of_the_scope_has_all(keys):
    assert set(keys("psychiatrie dépression", scope=SearchScope.PAGES)) == {"page-depression"}


def test_only_documents_of_the_language_are_found(keys):
    assert keys("depression", language="en") == ["page-anglaise"]


def test_pages_of_results_follow_each_other_without_repeating(keys):
    all_keys = keys(limit=50)
    pages = [*keys(offset=0, limit=5), *keys(offset=5, limit=5), *keys(offset=10, limit=5)]
    assert pages == all_keys
    assert len(all_keys) == 13


@pytest.mark.parametrize(("offset", "limit"), [(10**20, 20), (13, 20), (0, 0)])
def test_a_page_beyond_the_last_is_empty_but_keeps_the_total(ask, offset, limit):
    answer = ask(offset=offset, limit=limit)
    assert (answer.hits, answer.total) == ((), 13)
