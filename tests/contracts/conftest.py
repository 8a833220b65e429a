from collections.abc import Callable, Iterator

import pytest

from search.contracts import (
    EngineAnswer,
    EngineQuery,
)
from search.engine_protocol import SearchEngine
from tests.contracts.engines import ENGINES
from tests.contracts.world import WORLD


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest, db: None) -> Iterator[SearchEngine]:
    """An empty engine; each test runs on all of them."""
    with ENGINES[request.param]() as engine:
        yield engine


@pytest.fixture
def filled(engine: SearchEngine) -> SearchEngine:
    """An engine that knows the small world of ``world.py``."""
    engine.put(WORLD)
    return engine


@pytest.fixture
def ask(filled: SearchEngine) -> Callable[..., EngineAnswer]:
    """Ask the filled engine: ``ask("dépression", place=AUBAGNE)``."""

    def ask(words: str = "", **details) -> EngineAnswer:
        return filled.search(EngineQuery(words=words, **details))

    return ask


@pytest.fixture
def keys(ask: Callable[..., EngineAnswer]) -> Callable[..., list[str]]:
    """The keys of the hits, in order."""

    def keys(words: str = "", **details) -> list[str]:
        return [hit.key for hit in ask(words, **details).hits]

    return keys
