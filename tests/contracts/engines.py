"""The engines that must all answer alike.

To add one: a context manager that gives an empty ``Engine`` whose ``put``, ``remove`` and
``rebuild`` are seen by the very next search (a server refreshes its index), and skips the
test when its server is not there. Tests run inside a transaction of the portal's database.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from search.contracts import Engine
from search.engines.database import DatabaseEngine


@contextmanager
def database() -> Iterator[Engine]:
    """The embedded engine, on whatever database the tests run on."""
    yield DatabaseEngine()


ENGINES: dict[str, Callable[[], AbstractContextManager[Engine]]] = {"database": database}
