from collections.abc import Callable, Iterator
from contextlib import ExitStack

from django.conf import LazySettings

import pytest

from search import engines
from search.contracts import SearchDocument
from search.engines.elasticsearch import engine
from tests.faults.faulty_server import FaultyServer, faulty_server


@pytest.fixture
def jardin(db: None) -> SearchDocument:
    """What the embedded engine knows."""
    document = SearchDocument("a", "PAGE_INFO", "Le jardin", "/jardin/", "fr")
    engines.embedded_engine().put([document])
    return document


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader waits less here than in the portal: some of these servers never answer."""
    monkeypatch.setattr(engine, "TOTAL_SECONDS", 0.3)


@pytest.fixture
def broken(settings: LazySettings) -> Iterator[Callable[[str], FaultyServer]]:
    """Give the portal a search server with this fault."""
    with ExitStack() as stack:

        def broken(fault: str) -> FaultyServer:
            server = stack.enter_context(faulty_server(fault))
            settings.SEARCH_URL = server.url
            return server

        yield broken
