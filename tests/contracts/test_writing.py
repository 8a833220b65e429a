"""Putting documents in, taking them out, building anew."""

import itertools
from dataclasses import replace

import pytest

from search.contracts import EngineQuery
from search.fingerprint import document_fingerprint
from tests.contracts.world import WORLD, document


def _keys(engine, words="", **details):
    return {hit.key for hit in engine.search(EngineQuery(words=words, **details)).hits}


def test_a_document_is_found_once_put(engine):
    engine.put([document("a", title="Jardin")])
    assert _keys(engine, "jardin") == {"a"}


def test_a_document_put_again_replaces_the_one_of_its_key(engine):
    engine.put([document("a", title="Jardin", facets={"public": ("adultes",)})])
    engine.put([document("a", title="Potager", kind="GEM")])
    assert _keys(engine, "jardin") == set()
    answer = engine.search(EngineQuery(words="potager"))
    assert (answer.total, answer.counts["type"]) == (1, {"GEM": 1})
    assert engine.complete("ja", "fr") == ()
    assert [one.text for one in engine.complete("po", "fr")] == ["Potager"]


def test_the_last_of_two_documents_of_the_same_key_is_kept(engine):
    engine.put([document("a", title="Jardin"), document("a", title="Potager")])
    assert _keys(engine, "potager") == {"a"}
    assert engine.search(EngineQuery()).total == 1


def test_putting_nothing_does_no_harm(engine):
    engine.put([])
    engine.remove([])
    assert engine.digests() == {}


def test_a_removed_document_is_found_no_more(filled):
    filled.remove(["cmp-aubagne"])
    assert "cmp-aubagne" not in _keys(filled, "dépression")
    assert filled.complete("garenne", "fr") == ()
    assert "cmp-aubagne" not in filled.digests()


def test_removing_an_unknown_key_does_no_harm(filled):
    filled.remove(["page:404", '"', "cmp-aubagne"])
    assert filled.search(EngineQuery(limit=50)).total == 12


def test_digests_are_those_of_the_documents(filled):
    assert filled.digests() == {one.key: document_fingerprint(one) for one in WORLD}


def test_a_digest_changes_with_the_document(engine):
    one = document("a", title="Jardin")
    engine.put([one])
    before = engine.digests()
    engine.put([replace(one, summary="Un jardin partagé")])
    assert engine.digests() != before
    engine.put([one])
    assert engine.digests() == before


@pytest.mark.parametrize(
    "details",
    [
        {"body": "mot " * 60_000},
        {"title": "Jardin " * 200},
        {"title": "Jar\x00din", "summary": "\x00", "body": "a\x00b"},
        {"summary": "\ud83d demi-caractère"},
        {"body": "x" * 200_000},
        {"kind_words": "« » \" ' \\ & | ! ( ) : * <->"},
        {"title": "", "url": ""},
        {"communes": tuple(f"{13_000 + number}" for number in range(800))},
        {"facets": {"public": tuple(f"code{number}" for number in range(50))}},
    ],
)
def test_odd_documents_are_kept_and_found(engine, details):
    engine.put([document("a", **({"body": "potager"} | details)), document("b", title="Autre")])
    assert set(engine.digests()) == {"a", "b"}
    assert _keys(engine) == {"a", "b"}


def test_a_rebuild_puts_its_documents_in_the_place_of_all_others(filled):
    built = filled.rebuild([document("neuf", title="Jardin"), document("autre", title="Potager")])
    assert built == 2
    assert set(filled.digests()) == {"neuf", "autre"}
    assert _keys(filled, "jardin") == {"neuf"}
    assert _keys(filled) == {"neuf", "autre"}
    assert filled.complete("garenne", "fr") == ()


def test_a_rebuild_with_the_same_documents_changes_no_answer(filled):
    query = EngineQuery(words="dépression sommeil")
    before, digests = filled.search(query), filled.digests()
    assert filled.rebuild(WORLD) == len(WORLD)
    assert filled.search(query) == before
    assert filled.digests() == digests


def test_an_index_can_be_rebuilt_from_nothing_and_again(engine):
    for rank in range(3):
        assert engine.rebuild([document(f"d{rank}", title="Jardin")]) == 1
        assert _keys(engine, "jardin") == {f"d{rank}"}


def test_the_old_index_answers_while_the_new_one_is_built(filled):
    seen = []

    def documents():
        for rank in range(3):
            seen.append((_keys(filled, "jardin"), filled.search(EngineQuery()).total))
            yield document(f"neuf-{rank}", title="Jardin")

    filled.rebuild(documents())
    assert seen == [(set(), 13)] * 3
    assert len(_keys(filled, "jardin")) == 3


def test_an_interrupted_rebuild_leaves_the_old_index(filled):
    def interrupted():
        yield from (document(f"neuf-{rank}", title="Jardin") for rank in range(450))
        raise KeyboardInterrupt

    digests = filled.digests()
    with pytest.raises(KeyboardInterrupt):
        filled.rebuild(interrupted())
    assert filled.digests() == digests
    assert _keys(filled, "jardin") == set()
    assert filled.search(EngineQuery(words="sommeil")).total == 3


def test_the_next_rebuild_forgets_what_an_interrupted_one_left(filled):
    test_an_interrupted_rebuild_leaves_the_old_index(filled)
    assert filled.rebuild([document("a", title="Jardin")]) == 1
    assert _keys(filled, "jardin") == {"a"}


def test_what_is_put_or_removed_during_a_rebuild_is_not_lost(filled):
    stale = list(WORLD)

    def documents():
        yield from itertools.islice(stale, 5)
        filled.put([document("page-neuve", title="Jardin"), document("action-14", title="Potager")])
        filled.remove(["cmp-aubagne"])
        yield from itertools.islice(stale, 5, None)

    filled.rebuild(documents())
    assert _keys(filled, "jardin") == {"page-neuve"}
    assert _keys(filled, "potager") == {"action-14"}
    assert set(filled.digests()) == {one.key for one in WORLD} - {"cmp-aubagne"} | {"page-neuve"}


def test_a_rebuild_forgets_the_words_that_nothing_uses_any_more(engine):
    engine.put([document("a", title="Sylvothérapie")])
    engine.rebuild([document("b", title="Équithérapie")])
    assert engine.search(EngineQuery(words="silvotherapie")).suggestion == ""
    assert engine.search(EngineQuery(words="equiterapie")).suggestion == "équithérapie"
