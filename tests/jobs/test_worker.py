"""The worker: it outlives what fails, and stops when asked, at the end of what it does."""

import os
import signal
from collections.abc import Iterator
from datetime import timedelta

from django.core.management import call_command
from django.db import OperationalError

import pytest

from portal.jobs import registry
from portal.jobs.management.commands import run_tasks
from portal.jobs.management.commands.run_tasks import Command
from tests.jobs import another_process

pytestmark = pytest.mark.django_db


class Stage:
    """Rounds that go as a test says, and the pauses that follow them."""

    def __init__(self) -> None:
        self.script: list[Exception | None] = []
        self.pauses: list[float] = []

    def tick(self) -> list[registry.JobRun]:
        event = self.script.pop(0)
        if not self.script:
            os.kill(os.getpid(), signal.SIGTERM)
        if event is not None:
            raise event
        return []

    def rest(self, pause: float) -> None:
        self.pauses.append(pause)
        assert len(self.pauses) < 20, "it never stops"


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    stage = Stage()
    monkeypatch.setattr(registry, "_stopping", False)
    monkeypatch.setattr(run_tasks, "tick", stage.tick)
    monkeypatch.setattr(Command, "rest", stage.rest)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield stage
    for number, handler in before.items():
        signal.signal(number, handler)


def test_it_works_round_after_round_until_it_is_asked_to_stop(stage: Stage) -> None:
    stage.script = [None, None, None]
    call_command("run_tasks", "--every", "7")
    assert stage.pauses == [7, 7, 7]


def test_it_waits_longer_and_longer_for_a_database_that_is_away_then_goes_on(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    away = OperationalError("connection refused")
    stage.script = [away] * 6 + [None, None]
    call_command("run_tasks")
    assert stage.pauses == [10, 20, 40, 60, 60, 60, 5, 5]
    assert caplog.text.count("This round could not be done") == 6


def test_it_ends_the_job_under_way_before_it_stops(
    monkeypatch: pytest.MonkeyPatch, stage: Stage
) -> None:
    done = []

    def job() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        done.append("all of it")

    monkeypatch.setattr(registry, "_jobs", {})
    monkeypatch.setattr(run_tasks, "tick", registry.tick)
    registry.register_job("long", "Long", timedelta(), job)
    call_command("run_tasks")
    assert done == ["all of it"]


def test_it_does_not_wait_once_asked_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_stopping", True)
    monkeypatch.setattr(run_tasks.time, "sleep", lambda _seconds: pytest.fail("it waited"))
    Command().rest(3600)


def test_a_worker_without_a_database_stays_and_leaves_when_asked() -> None:
    nowhere = "postgres://portail@127.0.0.1:1/portail"
    worker = another_process.start("manage.py", "run_tasks", DATABASE_URL=nowhere)
    assert any("This round could not be done" in line for line in worker.stderr)
    worker.send_signal(signal.SIGTERM)
    worker.communicate()
    assert worker.returncode == 0
