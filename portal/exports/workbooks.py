"""Workbooks that the portal writes: a text stays one, whatever it begins with."""

import io
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from portal.text.control_characters import strip_control_characters

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: As Excel says « text »: what is typed there keeps its zeros, and 3.10 stays what it is.
AS_TEXT = "@"


def append_row(sheet: Any, row: Iterable[Any], number_format: str = "") -> None:
    """Add a row: numbers are numbers, and a text is never a formula."""
    sheet.append([_typed(sheet, value, number_format) for value in row])


def _typed(sheet: Any, value: Any, number_format: str) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, strip_control_characters(value))
    cell.data_type = "s"
    if number_format:
        cell.number_format = number_format
    return cell


def create_text_sheet(book: Workbook, title: str, columns: int, width: int) -> Any:
    """A sheet whose first row stays in sight, and whose cells take what is typed as text."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for rank in range(1, columns + 1):
        dimension = sheet.column_dimensions[get_column_letter(rank)]
        dimension.number_format, dimension.width = AS_TEXT, width
    return sheet


def save_workbook(book: Workbook) -> io.BytesIO:
    """The workbook as a file in memory, to be read from its beginning."""
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def workbook_response(book: Workbook, filename: str) -> HttpResponse:
    """The workbook as a file to keep."""
    response = HttpResponse(save_workbook(book).getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
