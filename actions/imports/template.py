"""The spreadsheet to fill: the actions as they are, and a sheet that says what one writes where."""

import io
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from actions.imports.books import Books
from actions.imports.columns import COLUMNS
from actions.imports.reading import SHEET
from actions.models import ActionPage

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: As Excel says « text »: a reference like 3.10 stays what it is.
_TEXT = "@"


def actions_workbook(actions: Iterator[ActionPage] | list[ActionPage]) -> HttpResponse:
    book = Workbook(write_only=True)
    books = Books()
    sheet = _new_sheet(book, SHEET, len(COLUMNS))
    _append(sheet, [column.heading for column in COLUMNS])
    for action in actions:
        draft = action.get_latest_revision_as_object()
        _append(sheet, [column.typed(column.held(draft, books)) for column in COLUMNS])
    help_sheet = _new_sheet(book, "aide", 3)
    for row in help_rows():
        _append(help_sheet, row)
    output = io.BytesIO()
    book.save(output)
    response = HttpResponse(output.getvalue(), content_type=_XLSX)
    response["Content-Disposition"] = 'attachment; filename="fiches-actions.xlsx"'
    return response


def help_rows() -> Iterator[tuple[str, ...]]:
    yield _("colonne"), _("ce que c’est"), _("ce qu’on y écrit")
    for column in COLUMNS:
        yield column.heading, column.label, column.accepted


def _new_sheet(book: Workbook, title: str, columns: int) -> Any:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for rank in range(1, columns + 1):
        dimension = sheet.column_dimensions[get_column_letter(rank)]
        dimension.number_format, dimension.width = _TEXT, 24
    return sheet


def _append(sheet: Any, row: Any) -> None:
    """A text is never a formula, whatever it begins with."""
    cells = []
    for text in row:
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
        cell.data_type, cell.number_format = "s", _TEXT
        cells.append(cell)
    sheet.append(cells)
