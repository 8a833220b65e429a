"""The table of all the entries, to be edited in a spreadsheet and read back."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from openpyxl import Workbook

from portal.exports.streaming import CSV, csv_chunks, streaming_response
from portal.exports.workbooks import AS_TEXT, append_row, create_text_sheet, workbook_response
from portal.imports.columns import ChoiceColumn, ImportColumn
from resources.imports.columns import COLUMNS, STATE, TYPE, UUID, VERSION
from resources.imports.lookups import EntryLookups
from resources.imports.reader import HEADINGS, SHEET
from resources.imports.snapshot import EntrySnapshot, snapshot_entries

FILE_NAME = "annuaire"
_WIDTH = 22


def table_as_csv() -> StreamingHttpResponse:
    rows = (list(map(_french, row)) for row in _rows(EntryLookups()))
    return streaming_response(csv_chunks(HEADINGS, rows), CSV, f"{FILE_NAME}.csv")


def table_as_xlsx() -> HttpResponse:
    book = Workbook(write_only=True)
    sheet = create_text_sheet(book, SHEET, len(HEADINGS), _WIDTH)
    lookups = EntryLookups()
    for row in (HEADINGS, *_rows(lookups)):
        append_row(sheet, row, AS_TEXT)
    help_sheet = create_text_sheet(book, "aide", 4, _WIDTH)
    for row in _help_rows(lookups):
        append_row(help_sheet, row, AS_TEXT)
    return workbook_response(book, f"{FILE_NAME}.xlsx")


def _rows(lookups: EntryLookups) -> Iterator[list[Any]]:
    for held in snapshot_entries(lookups):
        yield [str(held.page.uuid), held.version, _state(held), *_cells(held, lookups)]


def _cells(held: EntrySnapshot, lookups: EntryLookups) -> Iterator[Any]:
    for column in COLUMNS:
        if not column.is_of(held.kind):
            yield ""
            continue
        value = held.values[column.name]
        yield value if isinstance(value, float) else column.format(value, lookups)


def _state(held: EntrySnapshot) -> str:
    if not held.page.live:
        return _("brouillon")
    return _("en ligne, modifiée depuis") if held.has_draft else _("en ligne")


def help_lines(lookups: EntryLookups) -> Iterator[tuple[str, str, str]]:
    """What each column is, and what one writes in it; for the sheet of help and the screen."""
    yield UUID, _("Ce qui retrouve la fiche"), _("n’y touchez pas ; vide : fiche nouvelle")
    yield VERSION, _("La fiche telle qu’elle était"), _("n’y touchez pas")
    yield STATE, _("En ligne, ou brouillon"), _("pour vous : n’est pas relu")
    for column in COLUMNS:
        yield column.heading, column.label, _accepted(column, lookups)


def _accepted(column: ImportColumn, lookups: EntryLookups) -> str:
    if column.heading == TYPE:
        return _listed([(code, name) for _pk, code, name in lookups.of("type").rows])
    if isinstance(column, ChoiceColumn):
        return _listed(column.choices)
    return column.help_text(lookups)


def _listed(pairs: list[tuple[str, str]]) -> str:
    return ", ".join(f"{code} ({words})" for code, words in pairs)


def _help_rows(lookups: EntryLookups) -> Iterator[tuple[str, ...]]:
    yield _("colonne"), _("ce que c’est"), _("ce qu’on y écrit")
    yield from help_lines(lookups)


def _french(value: Any) -> Any:
    """Excel in French reads 43,2965 as a number, and 43.2965 as text or worse."""
    return str(value).replace(".", ",") if isinstance(value, float) else value
