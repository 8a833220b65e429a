"""What is kept and shown of a plan: one short record a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.exports.streaming import csv_chunks
from portal.imports.contract import WARNED, ImportPlan, RowVerdict
from portal.imports.models import ImportRun

#: A screen that shows more is no longer read: the file of the report has all of them.
MOST_SHOWN = 500
_NOTE = ""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A line of a report, as ``ImportRun.report`` keeps it."""

    number: int
    verdict: str
    title: str
    sentences: list[str]
    warnings: list[str]
    key: str = ""

    @property
    def label(self) -> str:
        return str(RowVerdict(self.verdict).label) if self.verdict else ""

    @property
    def needs_a_look(self) -> bool:
        return bool(self.warnings) or self.verdict in (RowVerdict.REFUSED, RowVerdict.KEPT)


@dataclass(frozen=True, slots=True)
class ReportGroup:
    """Lines that have the same fate, those that are shown of them, and how many more."""

    title: str
    lines: list[ReportLine]
    more: int


def serialize_plan(plan: ImportPlan, *, with_keys: bool = False) -> list[list[Any]]:
    """A plan as JSON: notes first, mistakes about no row, then the lines.

    ``with_keys``: the name that the source gives to each row is kept too; never a person's.
    """
    refused = str(RowVerdict.REFUSED.value)
    notes = [[0, _NOTE, "", [note], []] for note in plan.notes]
    errors = [
        [line, refused, plan.titles.get(line, ""), [words], []] for line, words in plan.errors
    ]
    lines = [
        [
            line.line,
            str(line.verdict.value),
            line.title,
            [*line.sentences],
            [*line.warnings],
            line.key if with_keys else "",
        ]
        for line in plan.lines
    ]
    return [*notes, *errors, *lines]


def report_lines(run: ImportRun) -> list[ReportLine]:
    return [ReportLine(*record) for record in run.report if record[1] != _NOTE]


def report_notes(run: ImportRun) -> list[str]:
    return [record[3][0] for record in run.report if record[1] == _NOTE]


def verdict_counts(run: ImportRun) -> list[tuple[str, int]]:
    """How many lines of each fate, in words."""
    words = [(str(verdict.value), str(verdict.label)) for verdict in RowVerdict]
    words.append((WARNED, _("à regarder (doublons possibles…)")))
    return [(label, run.counts[name]) for name, label in words if run.counts.get(name)]


def report_groups(run: ImportRun) -> list[ReportGroup]:
    """What asks for a look first, then the rest."""
    lines = report_lines(run)
    refused = [line for line in lines if line.verdict == RowVerdict.REFUSED]
    looked_at = [line for line in lines if line.needs_a_look and line.verdict != RowVerdict.REFUSED]
    rest = [line for line in lines if not line.needs_a_look]
    groups = (
        (_("Lignes refusées"), refused),
        (_("À regarder"), looked_at),
        (_("Les autres lignes"), rest),
    )
    return [
        ReportGroup(title, some[:MOST_SHOWN], max(len(some) - MOST_SHOWN, 0))
        for title, some in groups
        if some
    ]


def report_as_csv(run: ImportRun) -> Iterator[str]:
    """The whole report, for a spreadsheet."""
    head = [_("ligne"), _("résultat"), _("titre"), _("détail")]
    return csv_chunks(head, (_csv_row(line) for line in report_lines(run)))


def _csv_row(line: ReportLine) -> list[Any]:
    told = " — ".join([*line.sentences, *line.warnings])
    return [line.number or "", line.label, line.title, told]
