"""Wherever an import is killed, the directory holds all of its file, or nothing of it."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.faults.databases import copied_database

pytestmark = pytest.mark.django_db

KILLS, ROWS = 20, 250


@pytest.fixture(scope="module")
def database(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[dict[str, str]]:
    folder = tmp_path_factory.mktemp("imports")
    with django_db_blocker.unblock(), copied_database(folder) as url:
        yield {"DATABASE_URL": url, "PORTAL_TEST_VAR_DIR": str(folder)}


def test_twenty_kills_leave_each_file_whole_or_unwritten(database: dict[str, str]) -> None:
    # Other instants each time; PORTAL_TEST_SEED plays the same ones again.
    seed = int(os.environ.get("PORTAL_TEST_SEED", secrets.randbelow(1_000_000)))
    sys.stdout.write(f"PORTAL_TEST_SEED={seed}\n")

    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.faults.import_world", str(KILLS), str(ROWS), str(seed)],
        env={**os.environ, **database, "DJANGO_SETTINGS_MODULE": "tests.faults.settings"},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )

    found = json.loads(done.stdout.splitlines()[-1])
    sys.stdout.write(f"{found}\n")
    assert found["part"] == 0
    assert found["nothing"] + found["whole"] == KILLS
    assert found["nothing"] > 0, "no kill came before the end"
    assert found["last"] == "whole"
    assert found["changes"] == 0, "the same files again would change something"
    assert (found["children"], found["problems"]) == (0, 0)
