"""Folders for a moment, in the portal's own: what they hold may be large, and names people."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

_PREFIX = ".restauration-"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder that is deleted at the end, with those that killed processes have left."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    _drop_abandoned()
    with TemporaryDirectory(dir=settings.VAR_DIR, prefix=_PREFIX) as name:
        number = os.open(name, os.O_RDONLY)
        try:
            # The system lets go of it when this process dies.
            fcntl.flock(number, fcntl.LOCK_EX)
            yield Path(name)
        finally:
            os.close(number)


def _drop_abandoned() -> None:
    for folder in settings.VAR_DIR.glob(f"{_PREFIX}*"):
        number = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(number)
