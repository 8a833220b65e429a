"""Limits under many processes and threads, and in databases that write nothing."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from django.db import connection

import pytest

from tests.api.limits_at_once import ALLOWED, PROCESSES, TIMES

Play = Callable[[str], Any]
pytestmark = pytest.mark.django_db


@pytest.fixture
def play(database_apart: dict[str, str]) -> Play:
    """Play a scene of ``limits_at_once`` in processes of its own; what was answered."""

    def play(scene: str) -> Any:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "tests.api.limits_at_once", scene],
            env={**os.environ, **database_apart, "DJANGO_SETTINGS_MODULE": "tests.faults.settings"},
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        return json.loads(done.stdout.splitlines()[-1])

    return play


def test_of_twelve_processes_that_read_exactly_as_many_pass_as_may(play: Play) -> None:
    assert play("read") == {"2": ALLOWED, "4": PROCESSES * TIMES - ALLOWED}


def test_of_their_threads_too(play: Play) -> None:
    assert play("read_by_threads") == {"2": ALLOWED}


def test_of_twelve_processes_that_send_a_form_exactly_as_many_pass_as_may(play: Play) -> None:
    assert play("form") == {"3": 20, "4": PROCESSES * 4 - 20}


def test_processes_that_count_by_batches_never_let_more_pass(play: Play) -> None:
    passed = play("batches")["2"]
    assert 200 - PROCESSES * 4 <= passed <= 200


def test_who_reads_is_answered_by_a_database_that_refuses_writes(play: Play) -> None:
    assert play("read_only") == [200, 200, 200]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="one writer at a time is SQLite's")
def test_who_reads_is_answered_while_another_writes(play: Play) -> None:
    assert play("locked") == [200] * 20
