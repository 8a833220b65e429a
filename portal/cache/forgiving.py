"""Caches of Django that reading a page never fails for, whatever becomes of where they keep."""

from typing import Any

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.filebased import FileBasedCache


class ForgivingCacheMixin(BaseCache):
    """Before a cache: while its place refuses, nothing is kept and nothing is found.

    The page is then computed again. ``add`` says that the key is new, since a form must not be
    taken for one that was already sent.
    """

    #: How the place refuses.
    refusals: tuple[type[Exception], ...] = ()

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except self.refusals:
            return default

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        try:
            return super().get_many(keys, version)
        except self.refusals:
            return {}

    def set(self, *args: Any, **options: Any) -> None:
        try:
            super().set(*args, **options)
        except self.refusals:
            return

    def add(self, *args: Any, **options: Any) -> bool:
        try:
            return super().add(*args, **options)
        except self.refusals:
            return True

    def touch(self, *args: Any, **options: Any) -> bool:
        try:
            return super().touch(*args, **options)
        except self.refusals:
            return False

    def delete(self, *args: Any, **options: Any) -> bool:
        try:
            return super().delete(*args, **options)
        except self.refusals:
            return False

    def has_key(self, key: Any, version: int | None = None) -> bool:
        try:
            return super().has_key(key, version)
        except self.refusals:
            return False


class ForgivingFileCache(ForgivingCacheMixin, FileBasedCache):
    """In files, on a disk that may be full or read-only."""

    refusals = (OSError,)
