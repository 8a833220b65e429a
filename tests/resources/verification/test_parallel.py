"""What twenty processes say of the same entry at the same instant is written once."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.django_db


def test_the_same_link_pressed_twenty_times_at_once_is_one_verification(
    database_apart: dict[str, str],
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.resources.verification.same_press"],
        env={**os.environ, **database_apart, "DJANGO_SETTINGS_MODULE": "tests.faults.settings"},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    end = json.loads(done.stdout.splitlines()[-1])
    assert end["answers"] == [2]
    assert end["rows"] == 1
    assert end["states"] == ["repondu"]
