"""How far an import is, told outside of the transaction that nobody sees until it ends."""

import time
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from portal.imports.models import ImportRun

_KEPT = 3600
_EVERY = 0.5


@dataclass(frozen=True, slots=True)
class ImportProgress:
    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0


class ProgressTracker:
    """Tells the progress of one run, twice a second at most: what an import calls at each step."""

    def __init__(self, run: ImportRun) -> None:
        self._key = _key_of(run)
        self._last = 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last >= _EVERY or done == total:
            self._last = now
            cache.set(self._key, (done, total), _KEPT)


def get_progress(run: ImportRun) -> ImportProgress:
    told: Any = cache.get(_key_of(run))
    return ImportProgress(*told) if told else ImportProgress()


def clear_progress(run: ImportRun) -> None:
    cache.delete(_key_of(run))


def _key_of(run: ImportRun) -> str:
    return f"import-progress:{run.uuid}"
