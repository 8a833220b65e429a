"""Tables of reports, the same on screen, in files and in print."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import FileResponse, HttpResponseBase
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from openpyxl import Workbook

from portal.exports.streaming import CSV, csv_chunks, streaming_response
from portal.exports.workbooks import append_row, save_workbook

TRANSLATED = False

NOTHING = "–"
FORMATS = ("csv", "xlsx")


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A heading, and how a cell below it is said."""

    label: str
    format: Callable[[Any], str] = str


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Rows of texts, numbers and days; the first cell of each names it."""

    name: str
    caption: str
    columns: list[ReportColumn]
    rows: list[list[Any]]

    @property
    def head(self) -> list[str]:
        return [column.label for column in self.columns]

    @property
    def formatted_rows(self) -> list[list[str]]:
        """The cells in words."""
        return [
            [
                NOTHING if value is None else column.format(value)
                for column, value in self._cells(row)
            ]
            for row in self.rows
        ]

    def _cells(self, row: list[Any]) -> list[tuple[ReportColumn, Any]]:
        return list(zip(self.columns, row, strict=True))


def format_number(value: float) -> str:
    return number_format(value, force_grouping=True)


def format_percent(value: int) -> str:
    return _("%(number)s %%") % {"number": value}


def format_day(day: date) -> str:
    return date_format(day, "d/m/Y")


def export_table(table: ReportTable, file_format: str) -> HttpResponseBase:
    """The table as a file, ``file_format`` being one of ``FORMATS``; no cell is a formula."""
    if file_format == "csv":
        return streaming_response(csv_chunks(table.head, table.rows), CSV, f"{table.name}.csv")
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(table.name)
    sheet.freeze_panes = "B2"
    for row in (table.head, *table.rows):
        append_row(sheet, row)
    return FileResponse(save_workbook(book), as_attachment=True, filename=f"{table.name}.xlsx")
