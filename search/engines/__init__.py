"""The engines, reached only through ``search.services``.

The embedded one lives in the portal's own database and always answers; a search server
(``SEARCH_URL``) answers in its place while it is well.
"""

from collections.abc import Callable
from typing import TypeVar

from search.contracts import Engine
from search.engines.database import DatabaseEngine

Result = TypeVar("Result")


def embedded() -> Engine:
    return DatabaseEngine()


def server() -> Engine | None:
    """The search server, when the portal has one."""
    return None


def ask(question: Callable[[Engine], Result]) -> tuple[Result, bool]:
    """Put a question to the search server, or to the embedded engine when it is away.

    Out: the answer, and whether the embedded engine stood in for the server.
    """
    return question(embedded()), False
