"""A second process of the portal, on the same database when there can be one."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]

# Says whether it holds the lock, then keeps it for as long as it lives.
HOLDER = """
import sys, django
django.setup()
from portal.base.locks import one_at_a_time
with one_at_a_time(sys.argv[1]) as is_ours:
    print(is_ours, flush=True)
    sys.stdin.read()
"""


def environment(**more: str) -> dict[str, str]:
    """What makes another process see the locks of this one, and its PostgreSQL database."""
    known = {**os.environ, "PORTAL_VAR_DIR": str(settings.VAR_DIR)}
    if connection.vendor == "postgresql":
        known["DATABASE_URL"] = _address(connection.settings_dict["NAME"])
    return {**known, "DJANGO_SETTINGS_MODULE": "portal.settings.test", **more}


def _address(name: str) -> str:
    known = connection.settings_dict
    user = f"{known['USER']}:{known['PASSWORD']}"
    return f"postgres://{user}@{known['HOST']}:{known['PORT']}/{name}"


@contextmanager
def copied_database(folder: str) -> Iterator[str]:
    """A copy of the tests' database, in which several processes can write; its DATABASE_URL."""
    if connection.vendor == "sqlite":
        path = Path(folder, "db.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        yield f"sqlite:///{path}"
        return
    original = connection.settings_dict["NAME"]
    name = f"{original}_{secrets.token_hex(4)}"
    _from_outside(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    try:
        yield _address(name)
    finally:
        _from_outside(f'DROP DATABASE "{name}" WITH (FORCE)')


def _from_outside(statement: str) -> None:
    """A database is copied while nobody is in it, not even us."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def run(code: str, database: str) -> str:
    """What other Python code says, once it has ended well."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(DATABASE_URL=database),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def start(*arguments: str, **more: str) -> subprocess.Popen[str]:
    """Another Python at work; what it says can be read, and it is told to end by its input."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(**more),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def hold(name: str) -> subprocess.Popen[str]:
    """Another process that holds a lock."""
    holder = start("-c", HOLDER, name)
    assert holder.stdout.readline() == "True\n"
    return holder
