"""The disk of the portal: whether it may be written, and what to do of what it refuses."""

import errno
import os
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache.backends.filebased import FileBasedCache
from django.db import DatabaseError

#: Below, the disk is said to be full: room for an evening, to see to it before readers notice.
SMALLEST_FREE = 200 * 1024**2
_REFUSALS = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS))
#: What SQLite and PostgreSQL say of a disk that is full or read-only.
_SAID_BY_DATABASES = (
    "database or disk is full",
    "disk i/o error",
    "readonly database",
    "unable to open database file",
    "no space left on device",
    "could not extend file",
    "read-only file system",
    "read-only transaction",
)


def disk_state(folder: Path | None = None) -> str:
    """« ok », « full » or « read-only », tried by writing a file in the portal's folder."""
    folder = folder or settings.VAR_DIR
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(4096))
            file.flush()
    except OSError as error:
        return "full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "read-only"
    found = os.statvfs(folder)
    free, total = found.f_bavail * found.f_frsize, found.f_blocks * found.f_frsize
    return "full" if free < min(SMALLEST_FREE, total // 10) else "ok"


def is_disk_refusal(error: BaseException | None) -> bool:
    """Whether an error, or one that it comes from, is a disk that lets nothing be written."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _REFUSALS:
            return True
        if isinstance(error, DatabaseError):
            said = str(error).lower()
            if any(words in said for words in _SAID_BY_DATABASES):
                return True
        error = error.__cause__ or error.__context__
    return False


class ForgivingFileCache(FileBasedCache):
    """Django's file cache, which reading a page never fails for.

    When the disk refuses, nothing is kept and nothing is found: the page is computed again. ``add``
    then says that the key is new, since a form must not be taken for one that was already sent.
    """

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except OSError:
            return default

    def set(self, *args: Any, **options: Any) -> None:
        try:
            super().set(*args, **options)
        except OSError:
            return

    def add(self, *args: Any, **options: Any) -> bool:
        try:
            return super().add(*args, **options)
        except OSError:
            return True

    def touch(self, *args: Any, **options: Any) -> bool:
        try:
            return super().touch(*args, **options)
        except OSError:
            return False

    def delete(self, *args: Any, **options: Any) -> bool:
        try:
            return super().delete(*args, **options)
        except OSError:
            return False

    def has_key(self, key: Any, version: int | None = None) -> bool:
        try:
            return super().has_key(key, version)
        except OSError:
            return False
