"""What is kept and shown of a plan: one short record a line."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.exports.streaming import csv_pieces
from portal.imports.contract import WARNED, Plan, Verdict
from portal.imports.models import ImportRun

#: A screen that shows more is no longer read: the file of the report has all of them.
MOST_SHOWN = 500
_NOTE = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a report, as ``ImportRun.report`` keeps it."""

    number: int
    verdict: str
    title: str
    sentences: list[str]
    warnings: list[str]

    @property
    def label(self) -> str:
        return str(Verdict(self.verdict).label) if self.verdict else ""

    @property
    def needs_a_look(self) -> bool:
        return bool(self.warnings) or self.verdict in (Verdict.REFUSED, Verdict.KEPT)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that have the same fate, those that are shown of them, and how many more."""

    title: str
    lines: list[Line]
    more: int


def report_of(plan: Plan) -> list[list[Any]]:
    """A plan as JSON: notes first, mistakes about no row, then the lines."""
    refused = str(Verdict.REFUSED.value)
    notes = [[0, _NOTE, "", [note], []] for note in plan.notes]
    errors = [[line, refused, "", [words], []] for line, words in plan.errors]
    lines = [
        [line.line, str(line.verdict.value), line.title, [*line.sentences], [*line.warnings]]
        for line in plan.lines
    ]
    return [*notes, *errors, *lines]


def lines_of(run: ImportRun) -> list[Line]:
    return [Line(*record) for record in run.report if record[1] != _NOTE]


def notes_of(run: ImportRun) -> list[str]:
    return [record[3][0] for record in run.report if record[1] == _NOTE]


def counts_of(run: ImportRun) -> list[tuple[str, int]]:
    """How many lines of each fate, in words."""
    words = [(str(verdict.value), str(verdict.label)) for verdict in Verdict]
    words.append((WARNED, _("à regarder (doublons possibles…)")))
    return [(label, run.counts[name]) for name, label in words if run.counts.get(name)]


def groups_of(run: ImportRun) -> list[Group]:
    """What asks for a look first, then the rest."""
    lines = lines_of(run)
    refused = [line for line in lines if line.verdict == Verdict.REFUSED]
    looked_at = [line for line in lines if line.needs_a_look and line.verdict != Verdict.REFUSED]
    rest = [line for line in lines if not line.needs_a_look]
    groups = (
        (_("Lignes refusées"), refused),
        (_("À regarder"), looked_at),
        (_("Les autres lignes"), rest),
    )
    return [
        Group(title, some[:MOST_SHOWN], max(len(some) - MOST_SHOWN, 0))
        for title, some in groups
        if some
    ]


def report_as_csv(run: ImportRun) -> Iterator[str]:
    """The whole report, for a spreadsheet."""
    head = [_("ligne"), _("résultat"), _("titre"), _("détail")]
    return csv_pieces(head, (_told(line) for line in lines_of(run)))


def _told(line: Line) -> list[Any]:
    told = " — ".join([*line.sentences, *line.warnings])
    return [line.number or "", line.label, line.title, told]
