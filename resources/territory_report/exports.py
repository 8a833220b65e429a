"""Export of a table of the report as CSV or XLSX; no cell is a formula."""

from typing import Any

from django.http import FileResponse, HttpResponseBase

from openpyxl import Workbook

from portal.exports.streaming import CSV, csv_chunks, streaming_response
from portal.exports.workbooks import append_row, save_workbook
from resources.territory_report.tables import ReportTable

FORMATS = ("csv", "xlsx")


def export_table(table: ReportTable, file_format: str) -> HttpResponseBase:
    if file_format == "csv":
        return streaming_response(csv_chunks(table.head, table.rows), CSV, f"{table.name}.csv")
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(table.name)
    sheet.freeze_panes = "B2"
    for row in (table.head, *table.rows):
        append_row(sheet, row)
    return FileResponse(save_workbook(book), as_attachment=True, filename=f"{table.name}.xlsx")
