"""An empty database, migrated once and copied by each process of each run of the tests.

Migrating takes half a minute of a small machine; copying takes a second. The template is a file:
a SQLite database, or what ``pg_dump`` says of a PostgreSQL one. It is named by all that could
change it, so a new migration or a new Wagtail makes a new one. ``python -m
tests.template_database`` makes the one of ``DATABASE_URL``, which the tests do by themselves.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import django
from django.db import connection

from tests import column_limits
from tests.servers.postgres import find_binaries

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def copied_from_template() -> Iterator[None]:
    """Have Django create its test databases from the template, as long as this lasts."""
    column_limits.enforce_column_limits()
    if not (template := template_file()).exists():
        yield
        return
    creation = connection.creation
    create: Any = creation._create_test_db
    opened: list[sqlite3.Connection] = []

    def create_filled(*args: Any, **kwargs: Any) -> str:
        name = create(*args, **kwargs)
        if connection.vendor == "sqlite":
            # The database in memory lives as long as somebody holds it.
            opened.append(sqlite3.connect(name, uri=True))
            with closing(sqlite3.connect(template)) as source:
                source.backup(opened[0])
        else:
            _run_postgres("psql", name, "--quiet", "--set=ON_ERROR_STOP=1", f"--file={template}")
        return name

    creation._create_test_db = create_filled  # type: ignore[method-assign]
    try:
        yield
    finally:
        creation._create_test_db = create  # type: ignore[method-assign]
        for one in opened:
            one.close()


def make_template() -> None:
    """Make the template when it lacks, in a process of its own."""
    if not template_file().exists():
        subprocess.run([sys.executable, "-m", __name__], cwd=ROOT, check=True)  # noqa: S603


def fill(url: str) -> None:
    """Fill the empty database of a DATABASE_URL, in a process of its own that knows it."""
    env = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    command = [sys.executable, "-m", __name__, "fill"]
    subprocess.run(command, cwd=ROOT, env=env, check=True)  # noqa: S603


def _fill_this_one() -> None:
    name, template = str(connection.settings_dict["NAME"]), template_file()
    if connection.vendor == "sqlite":
        shutil.copy(template, name)
    else:
        _run_postgres("psql", name, "--quiet", "--set=ON_ERROR_STOP=1", f"--file={template}")


def template_file() -> Path:
    """Where the template of this code, these libraries and this kind of database is."""
    total = hashlib.sha256(connection.vendor.encode())
    for package in ("wagtail", "wagtail-localize", "Django", "django-allauth"):
        total.update(version(package).encode())
    total.update(Path(column_limits.__file__).read_bytes())
    for path in sorted(ROOT.glob("**/migrations/*.py")):
        if ".venv" not in path.relative_to(ROOT).parts[0]:
            total.update(path.read_bytes())
    folder = Path(tempfile.gettempdir()) / f"portail-ptsm-essais-{os.getuid()}"
    suffix = "sqlite3" if connection.vendor == "sqlite" else "sql"
    return folder / f"{total.hexdigest()[:24]}.{suffix}"


def _migrate_and_keep() -> None:
    template = template_file()
    if template.exists():
        return
    column_limits.enforce_column_limits()
    known = str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = f"template_{os.getpid()}"
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = None
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    template.parent.mkdir(mode=0o700, exist_ok=True)
    draft = template.with_suffix(f".{os.getpid()}")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(draft)])
    else:
        name = str(connection.settings_dict["NAME"])
        _run_postgres("pg_dump", name, "--no-owner", f"--file={draft}")
    draft.replace(template)
    connection.creation.destroy_test_db(known, verbosity=0)


def _run_postgres(program: str, database: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on a database of the server that the tests use."""
    known = connection.settings_dict
    binaries = find_binaries()
    subprocess.run(  # noqa: S603
        [str(binaries / program) if binaries else program, *arguments, f"--dbname={database}"],
        env={
            **os.environ,
            "PGHOST": str(known["HOST"]),
            "PGPORT": str(known["PORT"]),
            "PGUSER": str(known["USER"]),
            "PGPASSWORD": str(known["PASSWORD"]),
        },
        stdout=subprocess.DEVNULL,
        check=True,
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    known = connection.settings_dict["NAME"]
    _migrate_and_keep()
    if sys.argv[1:] == ["fill"]:
        connection.settings_dict["NAME"] = known
        _fill_this_one()
