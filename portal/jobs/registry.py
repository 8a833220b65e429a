"""Registry and runner of periodic jobs; each app registers its own in ``periodic_jobs.py``."""

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
    """A periodic job: its name, its label on screen, its period and its function."""

    name: str
    label: str | Promise
    every: timedelta
    run: Callable[[], str | None]
    order: int = 100


@dataclass(frozen=True, slots=True)
class JobRun:
    """The result of one run of a job."""

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
    """Register ``run`` to be called once in each period ``every``; ``timedelta()``: at each tick.

    Jobs run one after the other, so none may delay the others for long: one with much to do works
    for half a minute, watches ``stop_asked`` and goes on at the next tick. It returns one short
    French sentence, without personal data, about what it did. It may be killed at any moment.
    """
    _jobs[name] = JobDefinition(name, label, every, run, order)


def jobs() -> list[JobDefinition]:
    return sorted(_jobs.values(), key=lambda job: (job.order, job.name))


def ensure_job_rows(apps: Apps = installed, **_: Any) -> None:
    """Make the missing row of each job, after each migration.

    A job that never runs thus has a row, and is reported as late.
    """
    if not apps.all_models["base"].get("periodicjob"):
        return  # migrated back to a time before
    known = set(PeriodicJob.objects.values_list("name", flat=True))
    new = [PeriodicJob(name=job.name) for job in jobs() if job.name not in known]
    PeriodicJob.objects.bulk_create(new, ignore_conflicts=True)


def tick() -> list[JobRun] | None:
    """Run the jobs that are due; return None when another process is running them."""
    with exclusive_lock("tick") as is_ours:
        return run_due_jobs() if is_ours else None


def run_due_jobs(now: datetime | None = None) -> list[JobRun]:
    """Run the jobs that are due, in order; one that fails stops no other.

    The caller holds the lock of ticks.
    """
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
    """Jobs without success for more than three periods: nothing runs them, or they fail."""
    rows = {row.name: row for row in PeriodicJob.objects.all()}
    now = now or timezone.now()
    return [job for job in jobs() if job.name in rows and rows[job.name].is_late(job.every, now)]


def drop_broken_connections() -> None:
    """Close connections that a job left broken, unless a transaction is open."""
    if not connection.in_atomic_block:
        close_old_connections()


_stopping = False


def ask_to_stop(*_: Any) -> None:
    """Signal handler: ask the jobs of this process to end as soon as they can."""
    global _stopping
    _stopping = True


def stop_asked() -> bool:
    """Whether a long job should stop and leave the rest to the next process."""
    return _stopping
