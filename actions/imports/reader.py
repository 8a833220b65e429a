"""A spreadsheet of action sheets, read line by line: one line is one action."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from actions.imports.columns import ALIASES, BY_HEADING, reader
from actions.imports.lookups import ActionLookups
from portal.exports.formula_escape import unescape_formula
from portal.geo.names import plain
from portal.imports.contract import FieldValues, ImportRow, SourceFile
from portal.imports.files.csv_reader import BadValue, check_columns
from portal.imports.files.table_reader import TableLine, table_lines

SOURCE = "fiches-actions"
SHEET = "actions"
REFERENCE, TITLE = "reference", "titre"
_DATE = re.compile(r"\d{1,4}[-/]\d{1,2}[-/]\d{1,4}")


def read_actions(content: bytes, file_name: str, options: Mapping[str, Any]) -> SourceFile:
    """Every line of the file, good or bad. Raises UnreadableFile."""
    books = ActionLookups()
    lines = table_lines(content, SHEET, _heading, _check_header)
    rows = [_row(line, books) for line in lines]
    return SourceFile(SOURCE, _("Fiches-actions"), rows=rows)


def _check_header(names: list[str]) -> None:
    check_columns(names, BY_HEADING, (REFERENCE, TITLE))


def _heading(name: str) -> str:
    words = plain(unescape_formula(name)).replace(" ", "_")
    return ALIASES.get(words, words)


def _row(line: TableLine, books: ActionLookups) -> ImportRow:
    texts, problems = line.texts, list(line.problems)
    if not texts:
        return ImportRow(line.number, "", {}, tuple(problems))
    values: FieldValues = {}
    for heading, column in BY_HEADING.items():
        text = texts.get(heading)
        if text is None or (not text and not column.may_be_emptied):
            continue
        try:
            values[column.name] = reader(column)(text, books)
        except BadValue as mistake:
            problems.append(f"{heading} : {mistake}")
    reference, title = texts.get(REFERENCE, ""), texts.get(TITLE, "")
    problems += _problems_of(reference, title)
    return ImportRow(
        line.number, plain(reference), values, tuple(problems), said=title or reference
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
