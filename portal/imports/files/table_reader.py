"""A table that somebody filled in a spreadsheet, be it saved as CSV or as XLSX."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.base.text import plain
from portal.exports.formula_escape import unescape_formula
from portal.imports.files import csv_reader, xlsx_reader
from portal.imports.files.csv_reader import FileLimits, UnreadableFile

#: The most that is read of a table, whatever it holds.
LIMITS = FileLimits(megabytes=5, rows=20_000, columns=200, cell=10_000)


@dataclass(slots=True)
class TableLine:
    """The cells of a line by the names of their columns; none when the line is no line of data."""

    number: int
    texts: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def table_rows(
    content: bytes, limits: FileLimits = LIMITS, sheet: str = ""
) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row that has any, with its line number. Raises UnreadableFile."""
    if xlsx_reader.is_workbook(content):
        return xlsx_reader.workbook_rows(content, limits, sheet)
    return csv_reader.csv_rows(csv_reader.decode_csv(content, limits), limits)


def normalize_heading(name: str) -> str:
    """The name that a cell of the first row means, whatever its accents and capitals."""
    return plain(unescape_formula(name)).replace(" ", "_")


def table_lines(
    content: bytes,
    check: Callable[[list[str]], None],
    *,
    sheet: str = "",
    heading: Callable[[str], str] = normalize_heading,
    limits: FileLimits = LIMITS,
) -> Iterator[TableLine]:
    """The lines below the names of the columns. Raises UnreadableFile.

    ``heading`` gives the name that a cell of the first row means; ``check`` refuses the names.
    """
    rows = table_rows(content, limits, sheet)
    _line, header = next(rows, (0, []))
    names = [heading(name) for name in header]
    check(names)
    is_empty = True
    for number, cells in rows:
        is_empty = False
        yield _line_of(number, cells, names, heading)
    if is_empty:
        raise UnreadableFile(_("Ce fichier ne contient aucune ligne sous le nom des colonnes."))


def _line_of(
    number: int, cells: list[str], names: list[str], heading: Callable[[str], str]
) -> TableLine:
    if [heading(cell) for cell in cells] == names:
        words = _("Cette ligne répète les noms des colonnes : retirez-la.")
        return TableLine(number, problems=[words])
    line = TableLine(number, dict(zip(names, cells, strict=False)))
    if len(cells) > len(names):
        line.problems.append(_("Il y a plus de cellules que de colonnes."))
    return line
