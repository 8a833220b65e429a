"""What is kept in Redis, when several machines share it."""

from typing import Any

from django.core.cache.backends.redis import RedisCache

from redis.exceptions import RedisError


class ForgivingRedisCache(RedisCache):
    """Django's cache in Redis, which reading a page never fails for.

    While Redis is away nothing is kept and nothing is found; ``add`` says that the key is new, as
    ``portal.files.disk.ForgivingFileCache`` does of a disk that refuses.
    """

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except RedisError:
            return default

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        try:
            return super().get_many(keys, version)
        except RedisError:
            return {}

    def set(self, *args: Any, **options: Any) -> None:
        try:
            super().set(*args, **options)
        except RedisError:
            return

    def add(self, *args: Any, **options: Any) -> bool:
        try:
            return super().add(*args, **options)
        except RedisError:
            return True

    def touch(self, *args: Any, **options: Any) -> bool:
        try:
            return super().touch(*args, **options)
        except RedisError:
            return False

    def delete(self, *args: Any, **options: Any) -> bool:
        try:
            return super().delete(*args, **options)
        except RedisError:
            return False

    def has_key(self, key: Any, version: int | None = None) -> bool:
        try:
            return super().has_key(key, version)
        except RedisError:
            return False
