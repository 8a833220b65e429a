"""Everything periodic: each at its pace, none stopped by another, and late ones seen."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.core.management import CommandError, call_command
from django.db.models.signals import post_migrate
from django.utils import timezone

import pytest

from portal.jobs import registry
from portal.jobs.locks import exclusive_lock
from portal.jobs.models.periodic_job import PeriodicJob
from tests.jobs import another_process

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=timezone.get_default_timezone())
BASE = apps.get_app_config("base")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Jobs:
    """Jobs for a test, alone in the register, that remember who ran."""

    def __init__(self) -> None:
        self.ran: list[str] = []

    def add(self, name: str, every: timedelta = HOUR, order: int = 100, **how: Any) -> PeriodicJob:
        action: Callable[[], str | None] = how.get("action", lambda: None)

        def run() -> str | None:
            self.ran.append(name)
            return action()

        registry.register_job(name, name.capitalize(), every, run, order=order)
        return PeriodicJob.objects.create(name=name, created_at=NOON)

    def run_at(self, now: datetime) -> list[str]:
        self.ran.clear()
        registry.run_due_jobs(now)
        return self.ran


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Jobs:
    PeriodicJob.objects.all().delete()
    monkeypatch.setattr(registry, "_jobs", {})
    return Jobs()


def fail() -> None:
    raise ZeroDivisionError("rien ne va")


def test_a_job_runs_at_its_pace_and_no_more(jobs: Jobs) -> None:
    jobs.add("heure", HOUR)
    jobs.add("toujours", timedelta())
    assert jobs.run_at(NOON) == ["heure", "toujours"]
    assert jobs.run_at(NOON + 59 * MINUTE) == ["toujours"]
    assert jobs.run_at(NOON + 60 * MINUTE) == ["heure", "toujours"]


def test_jobs_run_in_their_order_then_by_name(jobs: Jobs) -> None:
    jobs.add("b")
    jobs.add("a")
    jobs.add("z", order=10)
    assert jobs.run_at(NOON) == ["z", "a", "b"]


def test_what_a_job_did_is_kept(jobs: Jobs) -> None:
    row = jobs.add("envoi", action=lambda: "12 lettres envoyées.")
    jobs.run_at(NOON)
    row.refresh_from_db()
    assert row.last_message == "12 lettres envoyées."
    assert row.last_started_at == row.last_finished_at == row.last_succeeded_at == NOON
    assert row.failing_since is None


def test_what_a_job_did_is_logged_and_not_repeated_while_it_says_the_same(
    jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    answers = iter(["1 refusé.", "1 refusé.", None, "1 refusé."])
    jobs.add("envoi", timedelta(), action=lambda: next(answers))
    for number in range(4):
        jobs.run_at(NOON + number * MINUTE)
    assert caplog.messages == ["Job envoi: 1 refusé.", "Job envoi: 1 refusé."]


def test_a_job_that_fails_stops_nobody_and_is_said(
    jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    broken = jobs.add("casse", order=1, action=fail)
    jobs.add("suite")
    assert jobs.run_at(NOON) == ["casse", "suite"]
    broken.refresh_from_db()
    assert broken.last_message == "ZeroDivisionError : rien ne va"
    assert broken.failing_since == NOON
    assert broken.last_succeeded_at is None
    assert "Job casse failed." in caplog.text
    assert "Traceback" in caplog.text


def test_a_job_that_failed_is_tried_again_before_its_hour_but_not_at_once(jobs: Jobs) -> None:
    row = jobs.add("nuit", DAY, action=fail)
    jobs.run_at(NOON)
    assert jobs.run_at(NOON + 14 * MINUTE) == []
    assert jobs.run_at(NOON + 15 * MINUTE) == ["nuit"]
    row.refresh_from_db()
    assert row.failing_since == NOON


def test_a_job_that_works_again_no_longer_fails(jobs: Jobs) -> None:
    answers = iter([fail, lambda: "fait"])
    row = jobs.add("reprise", action=lambda: next(answers)())
    jobs.run_at(NOON)
    jobs.run_at(NOON + HOUR)
    row.refresh_from_db()
    assert (row.failing_since, row.last_message) == (None, "fait")


def test_a_run_that_was_killed_is_taken_up_again(jobs: Jobs) -> None:
    row = jobs.add("nuit", DAY, action=lambda: None)
    jobs.run_at(NOON)
    row.refresh_from_db()
    row.note_start(NOON + DAY)
    assert row.was_killed
    assert jobs.run_at(NOON + DAY + 14 * MINUTE) == []
    assert jobs.run_at(NOON + DAY + 15 * MINUTE) == ["nuit"]
    row.refresh_from_db()
    assert not row.was_killed


def test_a_clock_that_went_back_a_day_stops_nothing(jobs: Jobs) -> None:
    jobs.add("heure", HOUR)
    jobs.run_at(NOON)
    assert jobs.run_at(NOON - DAY) == ["heure"]
    assert jobs.run_at(NOON - DAY + MINUTE) == []


def test_a_job_is_late_after_three_periods_without_success(jobs: Jobs) -> None:
    row = jobs.add("heure", HOUR)
    jobs.run_at(NOON)
    row.refresh_from_db()
    assert not row.is_late(HOUR, NOON + 3 * HOUR)
    assert row.is_late(HOUR, NOON + 3 * HOUR + MINUTE)


def test_a_job_that_never_ran_or_only_failed_is_late_from_the_birth_of_its_row(jobs: Jobs) -> None:
    never = jobs.add("jamais")
    failed = jobs.add("casse", action=fail)
    failed.note_start(NOON + 3 * HOUR)
    failed.note_failure(NOON + 3 * HOUR, "non")
    for row in (never, failed):
        assert not row.is_late(HOUR, NOON + 3 * HOUR)
        assert row.is_late(HOUR, NOON + 3 * HOUR + MINUTE)


def test_a_job_of_each_tick_is_not_late_between_two_rings_of_cron(jobs: Jobs) -> None:
    row = jobs.add("toujours", timedelta())
    assert not row.is_late(timedelta(), NOON + 3 * MINUTE)
    assert row.is_late(timedelta(), NOON + 4 * MINUTE)


def test_migrating_gives_each_job_its_row_once(jobs: Jobs) -> None:
    jobs.add("ancienne")
    registry.register_job("nouvelle", "Nouvelle", HOUR, lambda: None)
    for _time in range(2):
        post_migrate.send(BASE, app_config=BASE)
    assert sorted(PeriodicJob.objects.values_list("name", flat=True)) == ["ancienne", "nouvelle"]


def test_migrating_back_to_a_time_without_jobs_is_possible(jobs: Jobs) -> None:
    registry.register_job("nouvelle", "Nouvelle", HOUR, lambda: None)
    registry.ensure_job_rows(apps=Apps())
    assert not PeriodicJob.objects.exists()


def test_the_rest_is_left_to_the_next_process_once_asked_to_stop(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_stopping", False)
    jobs.add("premier", order=1, action=registry.ask_to_stop)
    jobs.add("second")
    assert jobs.run_at(NOON) == ["premier"]
    assert registry.stop_asked()


def test_a_tick_runs_what_is_due(jobs: Jobs, capsys: pytest.CaptureFixture[str]) -> None:
    jobs.add("tout", action=lambda: "fait")
    call_command("tick")
    assert jobs.ran == ["tout"]
    assert capsys.readouterr().out == ""


def test_a_tick_tells_cron_which_job_failed(jobs: Jobs) -> None:
    jobs.add("casse", action=fail)
    jobs.add("tout")
    with pytest.raises(CommandError, match=r"Tâches en échec, à retrouver plus haut : casse\."):
        call_command("tick")
    assert jobs.ran == ["casse", "tout"]


def test_a_second_tick_says_so_and_does_nothing(
    jobs: Jobs, capsys: pytest.CaptureFixture[str]
) -> None:
    jobs.add("tout")
    with exclusive_lock("tick"):
        call_command("tick")
    assert jobs.ran == []
    assert capsys.readouterr().out == "Un autre processus s’en occupe déjà.\n"


def test_two_processes_that_tick_at_once_are_one_that_works_and_one_that_leaves() -> None:
    with exclusive_lock("tick"):
        other = another_process.start("manage.py", "tick")
        said, errors = other.communicate()
    assert (other.returncode, said) == (0, "Un autre processus s’en occupe déjà.\n"), errors


def test_a_job_under_way_elsewhere_is_not_run_here(jobs: Jobs) -> None:
    jobs.add("tout")
    holder = another_process.hold("tick")
    try:
        assert registry.tick() is None
    finally:
        holder.communicate()
    assert jobs.ran == []


def test_the_portal_registers_what_it_always_does() -> None:
    names = [job.name for job in registry.jobs()]
    assert names[0] == "scheduled-publishing"
    assert {"old-sessions", "contact-messages", "letter-sender", "search-index"} <= set(names)
    assert all(str(job.label) for job in registry.jobs())
