"""Cache of what every page shows and editors seldom change, as long as nothing is published."""

import hashlib
import time
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

from portal.cache.content_version import content_version
from portal.cache.held import Shelf

Value = TypeVar("Value")

_SECONDS = 60  # should a change slip past what is seen of writes
_NEARBY_SECONDS = 30
_LONGEST = 180

_nearby = Shelf()


def get_or_set(name: str, read: Callable[[], Value], *, seconds: int = _SECONDS) -> Value:
    """Return what ``read`` returned, cached under ``name``; never None.

    It holds as long as ``content_version``, and is looked for in this process, then in the cache
    that all processes share; who asks does not change it. ``seconds``: how long at most; more than
    a minute for what costs much and does not depend on the hour.
    """
    values, now = _nearby.values(), time.monotonic()
    until, value = values.get(name, (0, None))
    if until > now:
        return value  # type: ignore[no-any-return]
    key = f"kept:{content_version()}:{_short(name)}"
    value = cache.get(key)
    if value is None:
        value = read()
        cache.set(key, value, seconds)
    values[name] = now + _NEARBY_SECONDS, value
    return value  # type: ignore[no-any-return]


def _short(name: str) -> str:
    """The name, or what stands for one that memcached would refuse (more than 250 characters)."""
    return name if len(name) <= _LONGEST else hashlib.sha256(name.encode()).hexdigest()
