"""A portal that outgrows SQLite finds all of itself in PostgreSQL."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

import pytest

pytestmark = pytest.mark.django_db

TEMPLATE = """
import django; django.setup()
from tests.template_database import make_template, template_file
make_template()
print(template_file())
"""
FILL = """
import django; django.setup()
from tests.backups.world import make_portal
make_portal()
"""
LOOK = """
import django; django.setup()
import json
from tests.backups.world import look, search
from tests.factories.home import StandardPageFactory
from home.models import HomePage
seen = json.loads(look())
page = StandardPageFactory(parent=HomePage.objects.get(), title="Écrite après")
print(json.dumps({**seen, "search": search(), "new": page.pk}))
"""


def run(*arguments: str, folder: Path, **more: str) -> str:
    """What another process of the portal says."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "PORTAL_VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "tests.backups.settings",
            **more,
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(connection.vendor != "postgresql", reason="moves to PostgreSQL")
def test_every_row_is_moved_and_the_portal_goes_on(
    database_apart: dict[str, str], tmp_path: Path
) -> None:
    new, old = database_apart["DATABASE_URL"], f"sqlite:///{tmp_path / 'db.sqlite3'}"
    template = run("-c", TEMPLATE, folder=tmp_path, DATABASE_URL=old).split()[-1]
    shutil.copy(template, tmp_path / "db.sqlite3")
    run("-c", FILL, folder=tmp_path, DATABASE_URL=old)

    said = run(
        *("manage.py", "move_database", "--yes"),
        folder=tmp_path,
        DATABASE_URL=old,
        PORTAL_NEW_DATABASE_URL=new,
    )

    assert "les mêmes des deux côtés" in said
    found = json.loads(run("-c", LOOK, folder=tmp_path, DATABASE_URL=new).splitlines()[-1])
    assert found["titles"] == ["Le grand tilleul"]
    assert found["people"] == ["partie@exemple.fr", "reste@exemple.fr"]
    assert "Le grand tilleul" in found["search"]
    assert found["new"] > 1, "sequences go on after the rows that were copied"


def test_the_new_address_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTAL_NEW_DATABASE_URL", raising=False)
    with pytest.raises(CommandError, match="PORTAL_NEW_DATABASE_URL"):
        call_command("move_database", yes=True)


def test_a_wrong_address_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("there is nothing to move")
    monkeypatch.setenv("PORTAL_NEW_DATABASE_URL", "mysql://portail@/portail")
    with pytest.raises(CommandError, match="ne désigne pas une base PostgreSQL"):
        call_command("move_database", yes=True)
