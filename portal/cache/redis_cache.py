"""What is kept in Redis, when several machines share it."""

from django.core.cache.backends.redis import RedisCache

from redis.exceptions import RedisError

from portal.cache.forgiving import ForgivingCacheMixin


class ForgivingRedisCache(ForgivingCacheMixin, RedisCache):
    """In a Redis that may be away."""

    refusals = (RedisError,)
