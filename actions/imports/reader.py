"""A spreadsheet of action sheets, read line by line: one line is one action."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from actions.imports.columns import ALIASES, BY_HEADING
from actions.imports.lookups import ActionLookups
from portal.imports.columns import read_cells
from portal.imports.contract import ImportRow, SourceFile
from portal.imports.files.csv_reader import check_columns
from portal.imports.files.table_reader import TableLine, normalize_heading, open_table
from portal.text.normalize import plain

SOURCE = "fiches-actions"
SHEET = "actions"
REFERENCE, TITLE = "reference", "titre"
_MONTH = (
    r"(?:janv|févr?|fevr?|mars|avr|mai|juin|juil|ao[uû]t|sept|oct|nov|d[ée]c|jan|feb|mar|apr|may|jun|jul|aug|"
    r"sep|dec)[a-zéû]*\.?"
)
#: What a spreadsheet makes of « 3.2 »: 03/02/2026, 3-févr, févr-03, or the number of that day.
_DATE = re.compile(
    rf"\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}(?:[ T][\d:]+)?|\d{{1,2}}[-/]\d{{1,2}}"
    rf"|\d{{1,2}}[-/. ]{_MONTH}(?:[-/. ]\d{{2,4}})?|{_MONTH}[-/. ]\d{{2,4}}|4\d{{4}}",
    re.IGNORECASE,
)


def read_actions(content: bytes, file_name: str, options: Mapping[str, Any]) -> SourceFile:
    """Every line of the file, good or bad. Raises UnreadableFile."""
    lookups = ActionLookups()
    table = open_table(content, BY_HEADING, _check_header, sheet=SHEET, heading=_heading)
    rows = [_row(line, lookups) for line in table]
    return SourceFile(SOURCE, _("Fiches-actions"), rows=rows, notes=table.notes)


def _check_header(names: list[str]) -> None:
    check_columns(names, BY_HEADING, (REFERENCE, TITLE))


def _heading(name: str) -> str:
    words = normalize_heading(name)
    return ALIASES.get(words, words)


def _row(line: TableLine, lookups: ActionLookups) -> ImportRow:
    texts, problems = line.texts, list(line.problems)
    if not texts:
        return ImportRow(line.number, "", {}, tuple(problems))
    told = (
        column
        for heading, column in BY_HEADING.items()
        if heading in texts and (texts[heading] or column.may_be_emptied)
    )
    values, mistakes, remarks = read_cells(told, texts, lookups)
    problems += mistakes
    reference, title = texts.get(REFERENCE, ""), texts.get(TITLE, "")
    problems += _problems_of(reference, title)
    return ImportRow(
        line.number,
        plain(reference),
        values,
        tuple(problems),
        tuple(remarks),
        said=title or reference,
    )


def _problems_of(reference: str, title: str) -> list[str]:
    if not reference:
        return [_("Donnez une référence, comme 3.2 : c’est elle qui retrouve l’action.")]
    if _DATE.fullmatch(reference):
        words = _(
            "« %(text)s » est une date : le tableur a changé la référence. Écrivez-la « 3.2 »."
        )
        return [words % {"text": reference}]
    return [] if title else [_("Donnez un titre.")]
