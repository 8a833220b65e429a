"""A database apart, for processes that cannot see inside the transaction of a test."""

import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import connection


@contextmanager
def copied_database(folder: Path) -> Iterator[str]:
    """The migrated database of the tests, whole and apart; gives its DATABASE_URL.

    To be made between two tests: one that is open in a transaction cannot be copied.
    """
    if connection.vendor == "sqlite":
        path = folder / "db.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        with closing(sqlite3.connect(path)) as copy:
            # As a portal that has served before.
            copy.execute("PRAGMA journal_mode=WAL")
        yield f"sqlite:///{path}"
        return
    connection.close()
    with _created_from(str(connection.settings_dict["NAME"])) as name:
        yield address_of(name)


@contextmanager
def copied_again(url: str, folder: Path, tablespace: str = "") -> Iterator[str]:
    """A copy of a database apart that nobody is in; gives its DATABASE_URL.

    It may be made within a test, in a transaction of which it takes nothing. ``tablespace`` says
    where PostgreSQL writes it.
    """
    source = url.partition(":///")[2] if url.startswith("sqlite") else url.rpartition("/")[2]
    if connection.vendor == "sqlite":
        yield f"sqlite:///{shutil.copy(source, folder / 'db.sqlite3')}"
        return
    with _created_from(source, tablespace) as name:
        yield address_of(name)


@contextmanager
def tablespace_in(folder: Path) -> Iterator[str]:
    """A place of PostgreSQL's files in this folder, which its server owns; gives its name.

    Raises ``DatabaseError`` where the server is on another machine, or nobody may say so.
    """
    name = f"disk_{secrets.token_hex(4)}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE TABLESPACE {name} LOCATION '{folder}'")
    try:
        yield name
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP TABLESPACE {name}")


def address_of(name: str) -> str:
    """The DATABASE_URL of a database on the PostgreSQL server of the tests."""
    known = connection.settings_dict
    user = f"{quote(known['USER'])}:{quote(known['PASSWORD'])}"
    return f"postgres://{user}@{known['HOST']}:{known['PORT']}/{name}"


@contextmanager
def _created_from(source: str, tablespace: str = "") -> Iterator[str]:
    """Create a PostgreSQL database from one that nobody is in, as long as this lasts."""
    name = f"{connection.settings_dict['NAME']}_{secrets.token_hex(4)}"
    with connection._nodb_cursor() as cursor:
        where = f" TABLESPACE {tablespace}" if tablespace else ""
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"{where}')
    try:
        yield name
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
