"""A table that somebody filled in a spreadsheet, be it saved as CSV or as XLSX."""

from collections.abc import Iterator

from portal.base import csv_files, xlsx_files
from portal.base.csv_files import Limits

#: The most that is read of a table, whatever it holds.
LIMITS = Limits(megabytes=5, rows=20_000, columns=200, cell=10_000)


def table_rows(
    content: bytes, limits: Limits = LIMITS, sheet: str = ""
) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row that has any, with its line number. Raises UnreadableFile."""
    if xlsx_files.is_workbook(content):
        return xlsx_files.rows_of(content, limits, sheet)
    return csv_files.rows_of(csv_files.text_of(content, limits), limits)
