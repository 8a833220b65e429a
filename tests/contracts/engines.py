"""The engines that must all answer alike.

To add one: a context manager that gives an empty ``Engine`` whose ``put``, ``remove`` and
``rebuild`` are seen by the very next search (a server refreshes its index), and skips the
test when its server is not there. Tests run inside a transaction of the portal's database.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache, partial
from uuid import uuid4

from search.engine_protocol import SearchEngine
from search.engines.database import DatabaseEngine
from search.engines.elasticsearch import ElasticsearchEngine
from tests.servers import elasticsearch, opensearch

SERVERS = {"elasticsearch": elasticsearch.VARIABLE, "opensearch": opensearch.VARIABLE}


@contextmanager
def database() -> Iterator[SearchEngine]:
    """The embedded engine, on whatever database the tests run on."""
    yield DatabaseEngine()


@contextmanager
def server(url: str) -> Iterator[SearchEngine]:
    """An engine on a server that runs. To empty an index is faster than to make one."""
    engine = _index_of_this_process(url)
    engine.remove(engine.digests())
    yield engine


@cache
def _index_of_this_process(url: str) -> SearchEngine:
    engine = ElasticsearchEngine(url, f"test-{uuid4().hex}")
    engine.rebuild(())
    return engine


#: A server is there once its runner has started it: see ``tests.servers.elasticsearch``.
ENGINES: dict[str, Callable[[], AbstractContextManager[SearchEngine]]] = {"database": database} | {
    name: partial(server, os.environ[variable])
    for name, variable in SERVERS.items()
    if os.environ.get(variable)
}
