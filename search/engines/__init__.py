"""The engines, reached only through ``search.services``.

The embedded one lives in the portal's own database and always answers; a search server
(``SEARCH_URL``) answers in its place while it is well.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from django.conf import settings

from search.contracts import EngineUnavailable
from search.engine_protocol import SearchEngine
from search.engines.breaker import CircuitBreaker, CircuitOpen
from search.engines.database import DatabaseEngine

Result = TypeVar("Result")

logger = logging.getLogger(__name__)


def embedded_engine() -> SearchEngine:
    return DatabaseEngine()


def server_engine() -> SearchEngine | None:
    """The search server, when the portal has one.

    Its writing methods may take their time: not to be called while somebody waits.
    """
    guarded = _guarded()
    return guarded.engine if guarded else None


def call_engine(question: Callable[[SearchEngine], Result]) -> tuple[Result, bool]:
    """Put a question to the search server, or to the embedded engine when it is away.

    Out: the answer, and whether the embedded engine stood in for the server.
    """
    guarded = _guarded()
    if guarded is None:
        return question(embedded_engine()), False
    try:
        return guarded.breaker.call(lambda: question(guarded.engine)), False
    except CircuitOpen:
        pass
    except EngineUnavailable as reason:
        # Never the question: what people look for is nobody's business.
        logger.warning("Search server away (%s): the database answers", reason)
    return question(embedded_engine()), True


@dataclass(frozen=True)
class _GuardedEngine:
    """The server, and what keeps readers from waiting for it."""

    engine: SearchEngine
    breaker: CircuitBreaker = field(default_factory=CircuitBreaker)


def _guarded() -> _GuardedEngine | None:
    if not settings.SEARCH_URL:
        return None
    return _open(settings.SEARCH_URL, settings.SEARCH_INDEX)


@lru_cache(maxsize=8)
def _open(url: str, index: str) -> _GuardedEngine:
    """One client and one breaker for a process, whoever asks."""
    # Its client takes long to import, and most portals have no server: see ``search.apps``.
    from search.engines.elasticsearch import ElasticsearchEngine

    return _GuardedEngine(ElasticsearchEngine(url, index))
