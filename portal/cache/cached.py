"""Cache of what every page shows and editors seldom change, as long as nothing is published."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache, caches

from portal.cache.content_version import content_version

Value = TypeVar("Value")

_SECONDS = 60  # should a change slip past what is seen of writes
_NEARBY_SECONDS = 30


def get_or_set(name: str, read: Callable[[], Value], *, seconds: int = _SECONDS) -> Value:
    """Return what ``read`` returned, cached under ``name``; never None.

    It holds as long as ``content_version``, and is looked for in this process, then in the cache
    that all processes share. ``seconds``: how long at most; more than a minute for what costs much
    and does not depend on the hour.
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
