"""The life of one import: read, seen, confirmed, written, by processes that may be killed."""

import logging
import zlib
from collections.abc import Mapping
from typing import Any

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.imports.apply import PlanChanged, apply_import
from portal.imports.contract import ImportPlan, ImportTarget, SourceFile, UnreadableFile
from portal.imports.models import ImportRun
from portal.imports.planner import PUBLISHES, plan_import
from portal.imports.progress import ProgressTracker, clear_progress
from portal.imports.registry import ImportType, get_import_type
from portal.imports.report import serialize_plan

logger = logging.getLogger(__name__)

#: More rows, or more bytes, are the job's: nobody waits for a page that long.
LONG_ROWS = 200
LONG_BYTES = 500_000
_MOST_TRIES = 3
_TRIES = "essais"
State = ImportRun.State
#: What the job takes care of. RUNNING is the job's own: found again, its process was killed.
PENDING_STATES = (State.PLANNING, State.QUEUED, State.RUNNING)


def start_import(
    kind: ImportType, content: bytes, file_name: str, options: Mapping[str, Any], user: Any
) -> ImportRun:
    """Read a file that was just sent, at once or soon. Raises UnreadableFile, and keeps nothing."""
    run = ImportRun(kind=kind.name, file_name=file_name[:200], options=dict(options), user=user)
    run.content = zlib.compress(content)
    if len(content) <= LONG_BYTES:
        file = _read(kind, content, file_name, options)
        if len(file.rows) <= LONG_ROWS:
            _save_plan(run, plan_import(file, _target(run)))
            return run
    run.state = State.PLANNING
    run.save()
    return run


def confirm_import(run: ImportRun, publishes: bool) -> None:
    """Write what was seen, at once or soon. Raises Changed when it is to be seen again, or Busy."""
    run.options = {**run.options, PUBLISHES: publishes}
    if sum(run.counts.get(name, 0) for name in _WRITTEN) > LONG_ROWS or _is_heavy(run):
        run.state, run.started_at = State.QUEUED, timezone.now()
        run.options.pop(_TRIES, None)
        run.save(update_fields=["state", "options", "started_at", "user"])
        return
    run.started_at = timezone.now()
    _apply(run)


_WRITTEN = ("nouvelle", "changee", "gardee", "pareille")


def _is_heavy(run: ImportRun) -> bool:
    # No more than what tells: a national file is unpacked when it is read, not here too.
    return len(zlib.decompressobj().decompress(run.content, LONG_BYTES + 1)) > LONG_BYTES


def process_import(run: ImportRun) -> None:
    """What the job does of a run that waits, or that a killed process left in the middle."""
    tries = int(run.options.get(_TRIES, 0)) + 1
    if tries > _MOST_TRIES:
        fail_import(run, _("Interrompu plusieurs fois, abandonné : rien n’a été écrit."))
        return
    run.options = {**run.options, _TRIES: tries}
    run.started_at = timezone.now()
    try:
        if run.state == State.PLANNING:
            run.save(update_fields=["options", "started_at"])
            plan = plan_import(read_file(run), _target(run), ProgressTracker(run))
            _save_plan(run, plan)
        else:
            run.state = State.RUNNING
            run.save(update_fields=["options", "started_at", "state"])
            _apply(run)
    except UnreadableFile as mistake:
        fail_import(run, str(mistake))
    except PlanChanged:
        pass  # noted, to be seen again
    finally:
        clear_progress(run)


def fail_import(run: ImportRun, message: str) -> None:
    run.state, run.message, run.content = State.FAILED, message[:500], b""
    run.finished_at = timezone.now()
    if is_private(run):
        run.report, run.digest = [], ""
    run.save()


def _apply(run: ImportRun) -> None:
    def when_written(plan: ImportPlan) -> None:
        run.state, run.content, run.message = State.DONE, b"", ""
        run.finished_at = timezone.now()
        run.counts = plan.counts
        run.report = [] if is_private(run) else serialize_plan(plan, with_keys=True)
        run.save()

    try:
        apply_import(
            read_file(run),
            lambda: _target(run),
            run.digest,
            run.user,
            told=ProgressTracker(run),
            when_written=when_written,
        )
    except PlanChanged as changed:
        _save_plan(run, changed.plan, _("Le portail a changé entre-temps. Relisez."))
        raise


def _save_plan(run: ImportRun, plan: ImportPlan, message: str = "") -> None:
    run.state, run.message = State.READY, message
    run.digest, run.counts = plan.digest, plan.counts
    run.report = serialize_plan(plan, with_keys=not is_private(run))
    run.options.pop(_TRIES, None)
    run.save()


def can_be_confirmed(run: ImportRun) -> bool:
    """Whether the plan that was seen writes something, and has no mistake."""
    writes = sum(run.counts.get(name, 0) for name in ("nouvelle", "changee", "disparue"))
    return run.state == State.READY and bool(writes) and not run.counts.get("refusee")


def is_private(run: ImportRun) -> bool:
    """Whether its lines are people: then nothing of them is kept once it is over."""
    return not get_import_type(run.kind).target.remembers


def read_file(run: ImportRun) -> SourceFile:
    """The file that waits, read again. Raises UnreadableFile."""
    content = zlib.decompress(run.content)
    return _read(get_import_type(run.kind), content, run.file_name, run.options)


def _read(
    kind: ImportType, content: bytes, file_name: str, options: Mapping[str, Any]
) -> SourceFile:
    """What the reader understands; a file that breaks it is refused, and told in the log."""
    try:
        return kind.read(content, file_name, options)
    except (UnreadableFile, DatabaseError):
        raise
    except Exception as reason:
        # Not its words: they may be somebody’s.
        logger.error("A file of « %s » breaks its reader (%s).", kind.name, type(reason).__name__)
        raise UnreadableFile(
            _("Ce fichier n’a pas pu être lu, et rien n’est écrit. Essayez en .xlsx.")
        ) from reason


def _target(run: ImportRun) -> ImportTarget:
    return get_import_type(run.kind).target(run.options)
