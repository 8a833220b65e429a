"""Limits that many processes use at once are exactly what the settings say."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.django_db


def test_twelve_processes_and_two_thousand_networks_pass_exactly_what_is_allowed(
    database_apart: dict[str, str],
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.limit_world", "12", "2000"],
        env={**os.environ, **database_apart, "DJANGO_SETTINGS_MODULE": "tests.faults.settings"},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    said = json.loads(done.stdout.splitlines()[-1])
    assert said == {"allowed": 20, "uses": 20, "guesses": 5}
