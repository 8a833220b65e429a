"""Locks between processes: whoever does not get one is told so at once, without waiting."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection


@contextmanager
def exclusive_lock(name: str) -> Iterator[bool]:
    """Yield True when this process holds the lock ``name``, False when another one does.

    The operating system or the database releases the lock when its holder dies, even from ``kill
    -9``: no row to clean, no time-out to wait for.
    """
    taken = _taken_in_postgresql if connection.vendor == "postgresql" else _taken_on_disk
    with taken(name) as is_ours:
        yield is_ours


@contextmanager
def _taken_in_postgresql(name: str) -> Iterator[bool]:
    """Advisory lock of PostgreSQL, shared by all machines of the database.

    The lock has a connection of its own: on the usual one it would be lost as soon as the work
    closes or breaks it, and taken again by another call of the same process.
    """
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_number(name)])
            is_ours: bool = cursor.fetchone()[0]
            try:
                yield is_ours
            finally:
                # Closing lets go as well, but a moment later.
                if is_ours:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [_number(name)])
    finally:
        own.close()


def _number(name: str) -> int:
    """The name as a signed 64-bit number, the key of an advisory lock of PostgreSQL."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)


@contextmanager
def _taken_on_disk(name: str) -> Iterator[bool]:
    """File lock (``flock``): SQLite lives on one machine, and so may the lock."""
    folder = settings.VAR_DIR / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
