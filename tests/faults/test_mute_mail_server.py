"""No request waits for a mail server: it has its answer while the server is still mute."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def play(database_apart: dict[str, str]) -> Any:
    """Play a scene of ``mail_world`` in a process of its own; what it saw."""

    def play(scene: str) -> dict[str, Any]:
        environment = {"DJANGO_SETTINGS_MODULE": "tests.faults.settings"}
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "tests.faults.mail_world", scene],
            env={**os.environ, **database_apart, **environment},
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        return json.loads(done.stdout.splitlines()[-1])

    return play


def test_who_signs_in_has_an_answer_before_the_mail_server_speaks_then_the_code(play: Any) -> None:
    assert play("sign_in") == {
        "before": {"status": 302, "taken": 0},
        "state": "parti",
        "kept": "",
        "leads_to": "/admin/",
    }


def test_who_writes_to_the_ptsm_waits_for_no_mail_server(play: Any) -> None:
    assert play("contact") == {
        "before": {"taken": 0, "mailed": False},
        "recipients": ["ptsm@exemple.example"],
        "mailed": True,
    }
