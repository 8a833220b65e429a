"""The disk of the portal: whether it may be written, and what to do of what it refuses."""

import errno
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
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
    found = shutil.disk_usage(folder)
    return "full" if found.free < min(SMALLEST_FREE, found.total // 10) else "ok"


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
