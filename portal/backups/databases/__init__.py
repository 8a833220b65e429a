"""The portal's database, saved and put back in the way of each kind."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from portal.backups.databases.postgresql import PostgreSQLDatabase
from portal.backups.databases.sqlite import SQLiteDatabase

#: Rows by table.
Counts = dict[str, int]


class Database(Protocol):
    """A kind of database. A database « beside » has a name of its own; nobody else is in it."""

    #: Name of the file that holds it in an archive.
    member: str
    #: What it is called in messages.
    label: str

    def dump(self, write: Callable[[IO[bytes]], None], scratch: Path) -> Counts:
        """Give ``write`` one moment of the database, while others write; the rows of then."""

    def size(self) -> int:
        """Bytes on disk; 0 for one that does not exist yet."""

    def holders(self) -> list[str]:
        """The other processes that are in the database, in words; empty when there is none."""

    def create_beside(self) -> str:
        """An empty database; its name."""

    def load(self, name: str, source: Path) -> None:
        """Fill a database beside from a file of ``dump``."""

    def count(self, name: str) -> Counts:
        """Rows by table, after a check of its integrity."""

    def swap(self, name: str) -> str:
        """Put a database beside in the place of the portal's; the name of the replaced one."""

    def drop(self, name: str) -> None:
        """Delete a database beside; nothing when it does not exist."""

    def drop_leftovers(self) -> None:
        """Delete what a restore that was killed has left beside."""


def this_database() -> Database:
    return PostgreSQLDatabase() if connection.vendor == "postgresql" else SQLiteDatabase()


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Have all of the portal's code work in another database of the same server or folder."""
    known = connection.settings_dict["NAME"]
    _go_to(name)
    try:
        yield
    finally:
        _go_to(known)


def _go_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
