"""All of a plan is written, or nothing: what was seen, and only that."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.imports.contract import (
    ImportPlan,
    ImportTarget,
    ProgressCallback,
    RowChange,
    SourceFile,
)
from portal.imports.models import ImportedObject
from portal.imports.planner import PUBLISHES, ignore_progress, plan_import
from portal.jobs.locks import exclusive_lock

_AT_ONCE = 500
LOCK = "import"


class PlanChanged(Exception):
    """The database changed since the plan was seen: here is what the file would do now."""

    def __init__(self, plan: ImportPlan) -> None:
        super().__init__()
        self.plan = plan


class ImportBusy(Exception):
    """Another import is being written."""


def apply_import(
    file: SourceFile,
    make_target: Callable[[], ImportTarget],
    seen: str,
    user: Any,
    *,
    told: ProgressCallback = ignore_progress,
    when_written: Callable[[ImportPlan], None] = lambda plan: None,
) -> ImportPlan:
    """Write what was seen, whose digest is ``seen``. Raises Changed or Busy, and writes nothing.

    ``when_written`` is called in the transaction: what it writes is there with the rest, or not.
    """
    with exclusive_lock(LOCK) as is_ours:
        if not is_ours:
            raise ImportBusy
        # The reading, which is long, is over before anybody has to wait.
        target = make_target()
        plan = plan_import(file, target, told)
        if plan.digest != seen:
            raise PlanChanged(plan)
        if plan.can_be_applied:
            target.get_ready(plan.changes)
        try:
            _write(file.source, target, plan, user, told, when_written)
        except (IntegrityError, _ObjectsChanged) as reason:
            raise PlanChanged(plan_import(file, make_target())) from reason
        return plan


class _ObjectsChanged(Exception):
    """An object changed between the reading and the writing."""


@transaction.atomic
def _write(
    source: str,
    target: ImportTarget,
    plan: ImportPlan,
    user: Any,
    told: ProgressCallback,
    when_written: Callable[[ImportPlan], None],
) -> None:
    if plan.can_be_applied:
        if not target.still_true(plan.changes):
            raise _ObjectsChanged
        publishes = bool(target.options.get(PUBLISHES)) and target.may_publish(user)
        pks = target.write(plan.changes, user, publishes=publishes, told=told)
        if target.remembers:
            _save_imported_objects(source, target, plan.changes, pks)
            gone = set(plan.gone)
            _update_seen_at(source, (line.key for line in plan.lines if line.key not in gone))
        target.note_gone(plan.gone)
    when_written(plan)


def _save_imported_objects(
    source: str, target: ImportTarget, changes: Sequence[RowChange], pks: Sequence[Any]
) -> None:
    kind = ContentType.objects.get_for_model(target.model)
    now = timezone.now()
    ImportedObject.objects.bulk_create(
        [
            ImportedObject(
                source=source,
                key=change.row.key,
                content_type=kind,
                object_id=str(pk),
                values=change.remembered,
                seen_at=now,
            )
            for change, pk in zip(changes, pks, strict=True)
            if change.row.key
        ],
        batch_size=_AT_ONCE,
        update_conflicts=True,
        unique_fields=["source", "key"],
        update_fields=["content_type", "object_id", "values", "seen_at"],
    )


def _update_seen_at(source: str, keys: Iterable[str]) -> None:
    now = timezone.now()
    for some in _batches(keys):
        ImportedObject.objects.filter(source=source, key__in=some).update(seen_at=now)


def _batches(keys: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
