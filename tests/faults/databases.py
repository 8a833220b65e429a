"""A database apart, for processes that cannot see inside the transaction of a test."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
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
        yield f"sqlite:///{path}"
        return
    known = connection.settings_dict
    name = f"{known['NAME']}_{secrets.token_hex(4)}"
    _from_outside(f'CREATE DATABASE "{name}" TEMPLATE "{known["NAME"]}"')
    try:
        yield address_of(name)
    finally:
        _from_outside(f'DROP DATABASE "{name}" WITH (FORCE)')


def address_of(name: str) -> str:
    """The DATABASE_URL of a database on the PostgreSQL server of the tests."""
    known = connection.settings_dict
    user = f"{quote(known['USER'])}:{quote(known['PASSWORD'])}"
    return f"postgres://{user}@{known['HOST']}:{known['PORT']}/{name}"


def _from_outside(statement: str) -> None:
    """A database is copied while nobody is in it, not even us."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
