"""What the portal does by itself, each at its own pace; any app registers its own jobs."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db import close_old_connections, connection
from django.utils import timezone
from django.utils.functional import Promise

from portal.base.log_formatters import mask_personal_data
from portal.jobs.locks import exclusive_lock
from portal.jobs.models.periodic_job import PeriodicJob

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class JobDefinition:
    """Something to do again and again, with its name on screen."""

    name: str
    label: str | Promise
    every: timedelta
    run: Callable[[], str | None]
    order: int = 100


@dataclass(frozen=True, slots=True)
class JobRun:
    """How one run of a job ended."""

    name: str
    succeeded: bool
    message: str


_jobs: dict[str, JobDefinition] = {}


def register_job(
    name: str,
    label: str | Promise,
    every: timedelta,
    run: Callable[[], str | None],
    *,
    order: int = 100,
) -> None:
    """Have ``run`` called every so often; ``timedelta()`` means at each tick.

    Jobs run one after the other, so none may hold the others for long: one with much to do does
    half a minute of it, watches ``stop_asked`` and goes on at the next tick. It returns one short
    French sentence, without personal data, of what it did. It may be killed at any moment.
    """
    _jobs[name] = JobDefinition(name, label, every, run, order)


def jobs() -> list[JobDefinition]:
    return sorted(_jobs.values(), key=lambda job: (job.order, job.name))


def ensure_job_rows(apps: Apps = installed, **_: Any) -> None:
    """Give each job its row, after each migration too: one that never runs is late, and seen."""
    if not apps.all_models["base"].get("periodicjob"):
        return  # migrated back to a time before
    known = set(PeriodicJob.objects.values_list("name", flat=True))
    new = [PeriodicJob(name=job.name) for job in jobs() if job.name not in known]
    PeriodicJob.objects.bulk_create(new, ignore_conflicts=True)


def tick() -> list[JobRun] | None:
    """Run what is due; nothing, None, while another process is at it."""
    with exclusive_lock("tick") as is_ours:
        return run_due_jobs() if is_ours else None


def run_due_jobs(now: datetime | None = None) -> list[JobRun]:
    """Run what is due, in order; whoever calls holds the lock of ticks. What fails stops nobody."""
    ensure_job_rows()
    rows = {row.name: row for row in PeriodicJob.objects.all()}
    runs = []
    for job in jobs():
        if stop_asked():
            break
        row = rows[job.name]
        if row.is_due(job.every, now or timezone.now()):
            runs.append(_run(job, row, now))
    return runs


def _run(job: JobDefinition, row: PeriodicJob, now: datetime | None) -> JobRun:
    row.note_start(now or timezone.now())
    try:
        run = JobRun(job.name, True, str(job.run() or ""))
    except Exception as reason:
        logger.exception("Job %s failed.", job.name)
        run = JobRun(job.name, False, mask_personal_data(f"{type(reason).__name__} : {reason}"))
        drop_broken_connections()
    if run.succeeded and run.message and run.message != row.last_message:
        logger.info("Job %s: %s", job.name, run.message)
    note_end = row.note_success if run.succeeded else row.note_failure
    note_end(now or timezone.now(), run.message)
    return run


def late_jobs(now: datetime | None = None) -> list[JobDefinition]:
    """Those that should have succeeded long ago: nothing runs them, or they fail."""
    rows = {row.name: row for row in PeriodicJob.objects.all()}
    now = now or timezone.now()
    return [job for job in jobs() if job.name in rows and rows[job.name].is_late(job.every, now)]


def drop_broken_connections() -> None:
    """What broke in one job's hands must not fail the next; never in the midst of a change."""
    if not connection.in_atomic_block:
        close_old_connections()


_stopping = False


def ask_to_stop(*_: Any) -> None:
    """End the work of this process as soon as it can be: what a signal calls."""
    global _stopping
    _stopping = True


def stop_asked() -> bool:
    """Whether a long job should leave the rest to the next process."""
    return _stopping
