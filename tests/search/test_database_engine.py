"""What is the embedded engine's own: its transactions, its queries, its tables."""

from importlib import import_module

from django.db import connection, transaction
from django.db.models import F

import pytest

from portal.geo.distance import distance_km
from search.contracts import EngineQuery, SearchFilters
from search.engines.database import DatabaseEngine
from search.engines.database.dialects import get_dialect
from search.engines.database.rebuild import IncompleteIndex
from search.models import DocumentTraits, IndexedDocument, TitleWord, Word
from tests.contracts.world import AUBAGNE, WORLD, document

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine() -> DatabaseEngine:
    engine = DatabaseEngine()
    engine.put(WORLD)
    return engine


def _number_of_rows() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM search_text")
        texts = cursor.fetchone()[0]
    return [IndexedDocument.objects.count(), DocumentTraits.objects.count(), texts]


@pytest.mark.parametrize(
    ("query", "most"),
    [
        (EngineQuery(), 2),
        (EngineQuery(words="dépression", place=AUBAGNE), 2),
        (EngineQuery(types=("CMP",), place=AUBAGNE, filters=SearchFilters(km=20)), 2),
        (EngineQuery(words="sommeil", likely_types=("CMP",), promoted=("action-14",)), 2),
        (EngineQuery(words="psychiatrie sommeil", filters=SearchFilters(public="adultes")), 3),
        # The vocabulary is asked whether it has changed.
        (EngineQuery(words="sophrologie entraide"), 4),
    ],
)
def test_a_search_asks_few_questions_of_the_database(
    engine, django_assert_max_num_queries, query, most
):
    engine.search(EngineQuery(words="pour que le vocabulaire soit lu"))
    with django_assert_max_num_queries(most):
        engine.search(query)


def test_the_vocabulary_is_read_once(engine, django_assert_max_num_queries):
    engine.search(EngineQuery(words="depresion"))
    with django_assert_max_num_queries(3):
        assert engine.search(EngineQuery(words="depresion")).suggestion == "dépression"


def test_documents_follow_the_transaction_of_the_page(engine):
    with transaction.atomic():
        engine.put([document("perdu", title="Jardin")])
        engine.remove(["cmp-aubagne"])
        transaction.set_rollback(True)
    assert engine.search(EngineQuery(words="jardin")).total == 0
    assert engine.search(EngineQuery(words="garenne")).total == 1


def test_words_of_a_page_that_was_not_saved_are_not_proposed(engine):
    engine.search(EngineQuery(words="depresion"))
    with transaction.atomic():
        engine.put([document("perdu", title="Sylvothérapie")])
        assert engine.search(EngineQuery(words="silvotherapie")).suggestion == "sylvothérapie"
        transaction.set_rollback(True)
    assert engine.search(EngineQuery(words="silvotherapie")).suggestion == ""


def test_distances_are_those_of_the_rest_of_the_portal(engine):
    lat, lon = AUBAGNE.point
    rows = IndexedDocument.objects.annotate(km=distance_km(lat, lon)).filter(km__isnull=False)
    expected = dict(rows.values_list("key", "km"))
    hits = engine.search(EngineQuery(place=AUBAGNE, limit=50)).hits
    assert {hit.key: hit.distance_km for hit in hits if hit.distance_km is not None} == {
        key: pytest.approx(km, abs=0.01) for key, km in expected.items()
    }


def test_removing_a_document_leaves_nothing_of_it(engine):
    before = _number_of_rows()
    engine.remove(["cmp-aubagne"])
    assert _number_of_rows() == [number - 1 for number in before]
    assert not TitleWord.objects.filter(word="garenne").exists()


def test_putting_a_document_again_adds_no_row(engine):
    before = [*_number_of_rows(), TitleWord.objects.count(), Word.objects.count()]
    engine.put(WORLD)
    assert [*_number_of_rows(), TitleWord.objects.count(), Word.objects.count()] == before


def test_a_new_index_that_lacks_something_never_answers(engine, monkeypatch):
    write = type(get_dialect()).write_words
    monkeypatch.setattr(
        type(get_dialect()), "write_words", lambda self, rows: write(self, list(rows)[:-1])
    )
    with pytest.raises(IncompleteIndex):
        engine.rebuild([document("a", title="Jardin"), document("b", title="Jardin")])
    assert engine.search(EngineQuery(words="jardin")).total == 0
    assert engine.search(EngineQuery(words="garenne")).total == 1


def test_what_a_killed_rebuild_left_is_deleted_by_the_next(engine):
    def killed():
        yield from (document(f"neuf-{rank}", title="Jardin") for rank in range(250))
        raise SystemExit

    with pytest.raises(SystemExit):
        engine.rebuild(killed())
    assert IndexedDocument.objects.count() > len(WORLD)
    engine.rebuild(WORLD)
    assert _number_of_rows() == [len(WORLD)] * 3
    assert set(IndexedDocument.objects.live().values_list("key", flat=True)) == {
        one.key for one in WORLD
    }


def test_a_rebuild_writes_each_batch_in_a_transaction_of_its_own(engine, monkeypatch):
    """Whoever saves a page meanwhile waits for a batch, not for the whole."""
    sizes = []
    write = type(get_dialect()).write_words

    def spy(self, rows):
        rows = list(rows)
        sizes.append(len(rows))
        write(self, rows)

    monkeypatch.setattr(type(get_dialect()), "write_words", spy)
    engine.rebuild(document(f"d{rank}", title="Jardin") for rank in range(450))
    assert sizes == [200, 200, 50]


def test_only_what_answers_is_live(engine):
    IndexedDocument.objects.filter(key="cmp-aubagne").update(generation=F("generation") + 1)
    assert "cmp-aubagne" not in engine.digests()
    assert IndexedDocument.objects.live().count() == len(WORLD) - 1


def test_a_word_too_long_to_be_one_is_not_learnt(engine):
    engine.put([document("a", title="Jardin", body="y" * 41 + " zzz " + "z" * 40)])
    learnt = Word.objects.filter(folded__regex="^[yz]+$").values_list("folded", flat=True)
    assert list(learnt) == ["z" * 40]


class Editor:
    """Enough of Django's schema editor for SQL that is written by hand."""

    connection = connection

    def execute(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_table_of_words_can_be_undone_and_made_again():
    migration = import_module("search.migrations.0001_initial")
    migration.drop(None, Editor())
    assert "search_text" not in connection.introspection.table_names()
    migration.create(None, Editor())
    engine = DatabaseEngine()
    engine.put(WORLD)
    assert engine.search(EngineQuery(words="garenne")).total == 1
