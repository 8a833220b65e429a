"""An empty database, migrated once and copied by each run of the tests on SQLite.

Migrating takes half a minute of a small machine; copying takes none. The copy is named by
all that could change it, so a new migration or a new Wagtail makes a new one.
"""

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db import connection

from tests import column_limits

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def copied_from_template() -> Iterator[None]:
    """Have Django create its test database from the template; make the template if it lacks."""
    if connection.vendor != "sqlite":
        yield
        return
    column_limits.enforce_column_limits()
    template = _template()
    creation = connection.creation
    create: Any = creation._create_test_db
    opened = []

    def create_filled(*args: Any, **kwargs: Any) -> str:
        name = create(*args, **kwargs)
        if template.exists():
            # The database in memory lives as long as somebody holds it.
            opened.append(sqlite3.connect(name, uri=True))
            with closing(sqlite3.connect(template)) as source:
                source.backup(opened[0])
        return name

    creation._create_test_db = create_filled  # type: ignore[method-assign]
    try:
        yield
    finally:
        creation._create_test_db = create  # type: ignore[method-assign]
        for one in opened:
            one.close()


def keep_as_template() -> None:
    """Keep the database that was just migrated, for the runs to come."""
    template = _template()
    if connection.vendor != "sqlite" or template.exists():
        return
    template.parent.mkdir(mode=0o700, exist_ok=True)
    draft = template.with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(draft)])
    draft.replace(template)


def _template() -> Path:
    total = hashlib.sha256()
    for package in ("wagtail", "wagtail-localize", "Django", "django-allauth"):
        total.update(version(package).encode())
    total.update(Path(column_limits.__file__).read_bytes())
    for path in sorted(ROOT.glob("**/migrations/*.py")):
        if ".venv" not in path.relative_to(ROOT).parts[0]:
            total.update(path.read_bytes())
    folder = Path(tempfile.gettempdir()) / f"portail-ptsm-essais-{os.getuid()}"
    return folder / f"{total.hexdigest()[:24]}.sqlite3"
