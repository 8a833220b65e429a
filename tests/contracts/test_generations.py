"""On a search server: one index answers, always whole, whatever happens to the next one."""

import os
import re
from collections.abc import Iterator
from multiprocessing import get_context
from threading import Event, Thread
from uuid import uuid4

import pytest

from search.contracts import EngineQuery, EngineUnavailable
from search.engines.elasticsearch import ElasticsearchEngine
from tests.contracts.engines import SERVERS
from tests.contracts.world import WORLD, document

MANY = 1600


@pytest.fixture(params=sorted(SERVERS))
def url(request: pytest.FixtureRequest) -> str:
    """The address of each server."""
    address = os.environ.get(SERVERS[request.param])
    if not address:
        pytest.skip(f"{request.param} is not running: make test-search-servers")
    return address


@pytest.fixture
def alias(url: str) -> Iterator[str]:
    name = f"test-{uuid4().hex}"
    yield name
    for one in (name, f"{name}-13"):
        ElasticsearchEngine(url, one).generations.forget_all()


@pytest.fixture
def engine(url: str, alias: str) -> ElasticsearchEngine:
    """An engine whose index does not exist yet."""
    return ElasticsearchEngine(url, alias)


def indexes(engine: ElasticsearchEngine) -> dict[str, bool]:
    """Each index of an engine, and whether it is the one that answers."""
    generations = engine.generations
    found = generations.client.indices.get_alias(index=f"{generations.alias}-*")
    return {name: generations.alias in found[name]["aliases"] for name in sorted(found)}


def keys(engine: ElasticsearchEngine, words: str = "") -> set[str]:
    return {hit.key for hit in engine.search(EngineQuery(words=words, limit=50)).hits}


def many(title: str) -> list:
    return [document(f"{title}-{rank}", title=title) for rank in range(MANY)]


def test_without_an_index_the_server_is_no_engine(engine):
    with pytest.raises(EngineUnavailable):
        engine.search(EngineQuery(words="jardin"))
    with pytest.raises(EngineUnavailable):
        engine.complete("jar", "fr")


def test_without_an_index_nothing_is_held_and_nothing_can_be_removed(engine):
    engine.remove(["a"])
    assert engine.digests() == {}
    assert indexes(engine) == {}


def test_a_document_alone_makes_no_index_which_would_answer_with_next_to_nothing(engine):
    with pytest.raises(EngineUnavailable, match="rebuild_search"):
        engine.put([document("a", title="Jardin")])
    assert indexes(engine) == {}


def test_a_rebuild_leaves_one_index_which_bears_its_time(engine, alias):
    for _ in range(3):
        engine.rebuild(WORLD)
    (name,) = indexes(engine)
    assert re.fullmatch(rf"{alias}-20\d{{18}}", name)


def test_another_portal_on_the_same_server_is_left_alone(engine, url, alias):
    other = ElasticsearchEngine(url, f"{alias}-13")
    other.rebuild([document("a", title="Jardin")])
    engine.rebuild(WORLD)
    engine.generations.forget_all()
    assert keys(other, "jardin") == {"a"}


def test_of_two_rebuilds_at_once_the_last_to_begin_wins(engine, url, alias):
    other = ElasticsearchEngine(url, alias)

    def documents():
        yield from WORLD
        other.rebuild([document("a", title="Jardin")])

    with pytest.raises(EngineUnavailable):
        engine.rebuild(documents())
    assert keys(engine) == {"a"}
    assert list(indexes(engine).values()) == [True]


def test_an_incomplete_index_never_answers(engine, monkeypatch):
    engine.rebuild(WORLD)
    write = engine.generations._write

    def lose_some(alias, batch, **options):
        return write(alias, batch[1:], **options)

    monkeypatch.setattr(engine.generations, "_write", lose_some)
    with pytest.raises(EngineUnavailable, match="1600 documents were given, 1596 are kept"):
        engine.rebuild(many("jardin"))
    assert len(engine.digests()) == len(WORLD)


def test_a_reader_sees_neither_error_nor_emptiness_during_a_rebuild(engine):
    engine.rebuild(many("jardin"))
    over = Event()
    seen = []

    def read() -> None:
        while not over.is_set():
            try:
                seen.append(engine.search(EngineQuery(words="jardin")).total)
            except EngineUnavailable as reason:
                seen.append(repr(reason.__cause__))

    reader = Thread(target=read)
    reader.start()
    for _ in range(3):
        engine.rebuild(many("jardin"))
    over.set()
    reader.join()
    assert len(seen) > 10
    assert set(seen) == {MANY}


@pytest.mark.parametrize("killed_at", [0, 1, 499, 501, 1000, MANY - 1, MANY])
def test_a_rebuild_that_is_killed_leaves_the_old_index_and_few_orphans(
    engine, url, alias, killed_at
):
    engine.rebuild(WORLD)
    fork = get_context("fork")
    for _ in range(3):
        progress, told = fork.Pipe(duplex=False)

        def rebuild(told=told) -> None:
            def documents():
                for rank, one in enumerate(many("neuf")):
                    told.send(rank)
                    yield one
                told.send(MANY)

            ElasticsearchEngine(url, alias).rebuild(documents())

        process = fork.Process(target=rebuild, daemon=True)
        process.start()
        while progress.recv() != killed_at:
            pass
        process.kill()
        process.join()
        held = engine.digests()
        # Killed in its last instant, it may just have been whole.
        assert len(held) == (MANY if "neuf-0" in held else len(WORLD))
        assert list(indexes(engine).values()).count(False) <= 2
        assert list(indexes(engine).values()).count(True) == 1
    engine.rebuild(WORLD)
    assert list(indexes(engine).values()) == [True]
    assert len(engine.digests()) == len(WORLD)
