"""Wherever an import is killed, the directory holds all of its file, or nothing of it."""

import json
import os
import secrets
import subprocess
import sys

import pytest

pytestmark = pytest.mark.django_db

KILLS, ROWS = 20, 250


def test_twenty_kills_leave_each_file_whole_or_unwritten(database_apart: dict[str, str]) -> None:
    # Other instants each time; PORTAL_TEST_SEED plays the same ones again.
    seed = int(os.environ.get("PORTAL_TEST_SEED", secrets.randbelow(1_000_000)))
    sys.stdout.write(f"PORTAL_TEST_SEED={seed}\n")

    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.faults.import_world", str(KILLS), str(ROWS), str(seed)],
        env={**os.environ, **database_apart, "DJANGO_SETTINGS_MODULE": "tests.faults.settings"},
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
