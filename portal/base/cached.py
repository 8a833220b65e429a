"""What every page shows and editors seldom change: read once, kept until something changes."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache

Value = TypeVar("Value")

_GENERATION = "kept-generation"
_SECONDS = 60  # should a change slip past the signals


def get_or_set(name: str, read: Callable[[], Value]) -> Value:
    """What ``read`` gives, kept under ``name`` until ``invalidate_all``; never None."""
    key = f"kept:{cache.get(_GENERATION, 0)}:{name}"
    value = cache.get(key)
    if value is None:
        value = read()
        cache.set(key, value, _SECONDS)
    return value


def invalidate_all(**_: Any) -> None:
    """Read anew: a page, a setting or a figure has changed."""
    cache.set(_GENERATION, time.time_ns(), None)


def generation() -> int:
    """A number that changes with each ``invalidate_all``; 0 when the cache has lost it."""
    return int(cache.get(_GENERATION, 0))
