"""The tables of the board as files for a spreadsheet, in which nothing runs."""

import io
import re
from typing import Any

from django.http import FileResponse, HttpResponseBase

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from portal.base.csv_files import harmless
from portal.base.streamed import CSV, csv_pieces, streamed
from resources.board.tables import Table

FORMATS = ("csv", "xlsx")
# What a workbook may not hold (XML 1.0), and the most that it holds in a cell.
_NEVER_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST = 32_000


def as_file(table: Table, file_format: str) -> HttpResponseBase:
    if file_format == "csv":
        return streamed(csv_pieces(map(harmless, table.head), table.rows), CSV, f"{table.name}.csv")
    return FileResponse(_workbook(table), as_attachment=True, filename=f"{table.name}.xlsx")


def _workbook(table: Table) -> io.BytesIO:
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(table.name)
    sheet.freeze_panes = "B2"
    for row in (table.head, *table.rows):
        sheet.append([_typed(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def _typed(sheet: Any, value: Any) -> Any:
    """A text stays one, whatever it begins with."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, _NEVER_IN_XML.sub("", value)[:_LONGEST])
    cell.data_type = "s"
    return cell
