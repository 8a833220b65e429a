"""What a file would do, said line by line before anything is written; and what may be written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from portal.imports.contract import (
    FieldValues,
    ImportPlan,
    ImportRow,
    ImportTarget,
    ProgressCallback,
    RowChange,
    RowReport,
    RowVerdict,
    SourceFile,
)
from portal.imports.messages import ChangeMessages, are_same, is_empty
from portal.imports.models import ImportedObject

#: Options that every kind has.
RECREATES = "recreates"
PUBLISHES = "publishes"


def ignore_progress(done: int, total: int) -> None:
    """For whoever does not follow the progress."""


def plan_import(
    file: SourceFile, target: ImportTarget, told: ProgressCallback = ignore_progress
) -> ImportPlan:
    """Compare the file with what is there; nothing is written."""
    memory = previous_values(file.source, target)
    target.prepare(file, {key: pk for key, (pk, _values) in memory.items()})
    plan = ImportPlan(errors=list(file.errors), notes=list(file.notes), titles=file.titles)
    planner = _Planner(target, memory)
    for done, row in enumerate(file.rows, start=1):
        report, change = planner.plan(row)
        plan.lines.append(report)
        if change:
            plan.changes.append(change)
        if done % 100 == 0:
            told(done, len(file.rows))
    plan.lines += target.gone(file)
    told(len(file.rows), len(file.rows))
    return plan


def previous_values(source: str, target: ImportTarget) -> dict[str, tuple[Any, FieldValues]]:
    """What the last import of this source wrote: object and values of each key."""
    if not target.remembers:
        return {}
    kind = ContentType.objects.get_for_model(target.model)
    rows = ImportedObject.objects.filter(source=source, content_type=kind)
    to_python = target.model._meta.pk.to_python
    return {
        key: (to_python(pk), values)
        for key, pk, values in rows.values_list("key", "object_id", "values").iterator()
    }


@dataclass(slots=True)
class _Sorted:
    """The values of a row: which may be written, and why the others may not."""

    written: FieldValues
    sentences: list[str]
    kept: bool = False


class _Planner:
    def __init__(self, target: ImportTarget, memory: Mapping[str, tuple[Any, FieldValues]]) -> None:
        self.target = target
        self.memory = memory
        self.words = ChangeMessages(target)
        self.seen: dict[str, int] = {}
        self.objects: dict[Any, int] = {}

    def plan(self, row: ImportRow) -> tuple[RowReport, RowChange | None]:
        if problems := row.problems or self._said_twice(row):
            return self._refused(row, None, list(problems)), None
        found = self.target.find(row)
        if found is None:
            return self._plan_new(row)
        first = self.objects.setdefault(found.pk, row.line)
        if first != row.line:
            words = _("La ligne %(line)s parle déjà de « %(title)s ».")
            title = self.target.title_of(row, found)
            return self._refused(row, found, [words % {"line": first, "title": title}]), None
        return self._plan_found(row, found)

    def _said_twice(self, row: ImportRow) -> tuple[str, ...]:
        first = self.seen.setdefault(row.key, row.line) if row.key else row.line
        if first == row.line:
            return ()
        return (_("Cette ligne répète la ligne %(line)s.") % {"line": first},)

    def _plan_new(self, row: ImportRow) -> tuple[RowReport, RowChange | None]:
        if row.key in self.memory and not self.target.options.get(RECREATES):
            words = _("Déjà importée, puis supprimée par une personne : elle n’est pas recréée.")
            return self._report(row, None, RowVerdict.KEPT, [words]), None
        values = {name: value for name, value in row.values.items() if not is_empty(value)}
        return self._checked(RowChange(row, None, values, values), [], RowVerdict.NEW)

    def _plan_found(self, row: ImportRow, found: Any) -> tuple[RowReport, RowChange | None]:
        past = self.memory.get(row.key, (None, {}))[1]
        sorted_ = self._sort(row, found, past)
        if sorted_.written:
            change = RowChange(row, found, sorted_.written, {**past, **sorted_.written})
            return self._checked(change, sorted_.sentences, RowVerdict.CHANGED)
        verdict = RowVerdict.KEPT if sorted_.kept else RowVerdict.SAME
        return self._report(row, found, verdict, sorted_.sentences), None

    def _checked(
        self, change: RowChange, sentences: list[str], verdict: RowVerdict
    ) -> tuple[RowReport, RowChange | None]:
        row, found, target = change.row, change.found, self.target
        if mistakes := target.mistakes(row, found, change.values):
            return self._refused(row, found, list(mistakes)), None
        warnings = target.warnings(row, found, change.values)
        return self._report(row, found, verdict, sentences, tuple(warnings)), change

    def _sort(self, row: ImportRow, found: Any, past: FieldValues) -> _Sorted:
        now = self.target.values_of(found)
        differing = {
            name: value for name, value in row.values.items() if not are_same(value, now.get(name))
        }
        if differing and (reason := self._why_kept(row, found, differing)):
            return _Sorted({}, [reason], kept=True)
        sorted_ = _Sorted({}, [])
        for name, value in differing.items():
            # What the import filled and is empty now, a person emptied.
            if row.version or are_same(now.get(name), past.get(name)):
                sorted_.written[name] = value
                sorted_.sentences.append(self.words.of_change(name, now.get(name), value))
            else:
                sorted_.kept = True
                sorted_.sentences.append(self.words.of_kept(name, now.get(name), value))
        return sorted_

    def _why_kept(self, row: ImportRow, found: Any, differing: FieldValues) -> str:
        if row.version and row.version != self.target.version_of(found):
            return self.words.of_version(differing)
        return self.target.held(found)

    def _refused(self, row: ImportRow, found: Any, sentences: list[str]) -> RowReport:
        title = self.target.title_of(row, found)
        return RowReport(row.line, row.key, RowVerdict.REFUSED, title, tuple(sentences))

    def _report(
        self,
        row: ImportRow,
        found: Any,
        verdict: RowVerdict,
        sentences: list[str],
        warnings: tuple[str, ...] = (),
    ) -> RowReport:
        title = self.target.title_of(row, found)
        told = (*row.remarks, *sentences)
        return RowReport(row.line, row.key, verdict, title, told, warnings)
