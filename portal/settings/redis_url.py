"""From REDIS_URL to a cache that several machines share."""

from typing import Any

from environ import Env

#: Seconds that a page waits for a Redis that hangs.
_PATIENCE = {"socket_connect_timeout": 0.3, "socket_timeout": 0.5}


def shared_cache(url: str, name: str) -> dict[str, Any]:
    """Django's cache ``name`` in the Redis of ``url``, whose keys are its own."""
    return {
        **Env.cache_url_config(url),
        "BACKEND": "portal.cache.redis_cache.ForgivingRedisCache",
        "KEY_PREFIX": name,
        "OPTIONS": _PATIENCE,
    }
