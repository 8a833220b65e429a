"""Cache of what every page shows and editors seldom change, invalidated as a whole."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache, caches

from portal.cache.content_version import change_content_version, content_version

Value = TypeVar("Value")

_GENERATION = "kept-generation"
_SECONDS = 60  # should a change slip past what is seen of writes
_NEARBY_SECONDS = 30


def get_or_set(name: str, read: Callable[[], Value], *, seconds: int = _SECONDS) -> Value:
    """Return what ``read`` returned, cached under ``name`` until ``invalidate_all``; never None.

    It is looked for in this process, then in the cache that all processes share. ``seconds``: how
    long at most; more than a minute for what costs much and does not depend on the hour.
    """
    key = f"kept:{content_version()}:{name}"
    value: Value | None = caches["nearby"].get(key)
    if value is not None:
        return value
    value = cache.get(key)
    if value is None:
        value = read()
        cache.set(key, value, seconds)
    caches["nearby"].set(key, value, _NEARBY_SECONDS)
    return value


def invalidate_all(**_: Any) -> None:
    """Invalidate everything cached here: a page, a setting or a figure has changed."""
    cache.set(_GENERATION, time.time_ns(), None)
    change_content_version()


def generation() -> int:
    """Number that changes with each ``invalidate_all``; 0 when the cache has lost it."""
    return int(cache.get(_GENERATION, 0))
