"""Circuit breaker: a server that fails is not asked for a while, so that readers do not wait."""

import time
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from search.contracts import EngineUnavailable

Result = TypeVar("Result")

MOST_FAILURES = 3
REST_SECONDS = 30.0


class CircuitOpen(EngineUnavailable):
    """The server has failed too often: it was not asked."""


class CircuitBreaker:
    """Calls a server until it fails three times in a row; then one trial each thirty seconds.

    One for a process, shared by its threads. The lock is never held during a call: a server
    that hangs would otherwise have all readers wait for one.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._rests_until = 0.0

    def call(self, question: Callable[[], Result]) -> Result:
        """The answer to a question; ``CircuitOpen`` when the server is not to be asked."""
        if not self._lets_through():
            raise CircuitOpen
        try:
            answer = question()
        except BaseException:
            self._failed()
            raise
        self._succeeded()
        return answer

    def _lets_through(self) -> bool:
        with self._lock:
            if self._failures < MOST_FAILURES:
                return True
            if self._clock() < self._rests_until:
                return False
            # This one is the trial: the others wait for what becomes of it.
            self._rests_until = self._clock() + REST_SECONDS
            return True

    def _failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._rests_until = self._clock() + REST_SECONDS

    def _succeeded(self) -> None:
        with self._lock:
            self._failures = 0
