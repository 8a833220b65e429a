"""A table that somebody filled in a spreadsheet, be it saved as CSV or as XLSX."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest

from django.utils.translation import gettext as _

from portal.exports.formula_escape import unescape_formula
from portal.imports.files import csv_reader, xlsx_reader
from portal.imports.files.csv_reader import FileLimits, UnreadableFile
from portal.imports.files.encoding import DecodedText, spoilt_word
from portal.text.normalize import plain

#: The most that is read of a table, whatever it holds.
LIMITS = FileLimits(megabytes=5, rows=20_000, columns=200, cell=10_000)


#: Above the names of the columns there may be a title, as Numbers writes it.
_MOST_ABOVE = 10
Rows = Iterator[tuple[int, list[str]]]


@dataclass(slots=True)
class TableLine:
    """The cells of a line by the names of their columns; none when the line is no line of data.

    A line that is shorter than the names has empty cells at its end: spreadsheets leave them out.
    """

    number: int
    texts: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """The lines of a table, read as they are asked for, and what is said of the whole file."""

    lines: Iterator[TableLine]
    notes: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[TableLine]:
        return self.lines


def table_rows(content: bytes, limits: FileLimits = LIMITS, sheet: str = "") -> Rows:
    """The cells of each row that has any, with its line number. Raises UnreadableFile."""
    if xlsx_reader.is_workbook(content):
        return xlsx_reader.workbook_rows(content, limits, sheet)
    return csv_reader.csv_rows(csv_reader.decode_csv(content, limits).text, limits)


def normalize_heading(name: str) -> str:
    """The name that a cell of the first row means, whatever its accents and capitals."""
    return plain(unescape_formula(name)).replace(" ", "_")


def open_table(
    content: bytes,
    known: Collection[str],
    check: Callable[[list[str]], None],
    *,
    sheet: str = "",
    heading: Callable[[str], str] = normalize_heading,
    limits: FileLimits = LIMITS,
) -> Table:
    """The lines below the names of the columns. Raises UnreadableFile.

    The names are those of the row, among the first of each sheet, that has the most ``known`` ones:
    the sheet ``sheet`` before the others. ``heading`` gives the name that a cell means; ``check``
    refuses the names.
    """
    if xlsx_reader.is_workbook(content):
        return _open_workbook(content, known, check, sheet, heading, limits)
    decoded = csv_reader.decode_csv(content, limits)
    rows = csv_reader.csv_rows(decoded.text, limits)
    first = list(islice(rows, _MOST_ABOVE))
    _count, skipped, names = _find_names(first, known, heading)
    check(names)
    notes = [_encoding_note(decoded)] if decoded.label else []
    return Table(_lines(chain(first[skipped + 1 :], rows), names, heading), notes)


def _open_workbook(
    content: bytes,
    known: Collection[str],
    check: Callable[[list[str]], None],
    sheet: str,
    heading: Callable[[str], str],
    limits: FileLimits,
) -> Table:
    sheets = xlsx_reader.sheet_names(content, limits)
    ordered = sorted(sheets, key=lambda name: name != sheet)
    best: tuple[int, str, int, list[str]] = (-1, "", 0, [])
    for name in ordered:
        first = _first_rows(xlsx_reader.workbook_rows(content, limits, name), name == ordered[0])
        count, skipped, names = _find_names(first, known, heading)
        if count > best[0]:
            best = count, name, skipped, names
        if name == sheet and count:
            break
    _count, chosen, skipped, names = best
    check(names)
    rows = islice(xlsx_reader.workbook_rows(content, limits, chosen), skipped + 1, None)
    notes = []
    if len(sheets) > 1 and chosen not in (sheet, sheets[0]):
        notes.append(_("Feuille lue : « %(name)s ».") % {"name": chosen})
    return Table(_lines(rows, names, heading), notes)


def _first_rows(rows: Rows, is_wanted: bool) -> list[tuple[int, list[str]]]:
    """Those that can be read: a formula in a sheet of something else refuses nothing."""
    first = []
    try:
        first.extend(islice(rows, _MOST_ABOVE))
    except UnreadableFile:
        if is_wanted:
            raise
    return first


def _find_names(
    first: list[tuple[int, list[str]]], known: Collection[str], heading: Callable[[str], str]
) -> tuple[int, int, list[str]]:
    """How many columns are known, how many rows are above their names, the names."""
    found: tuple[int, int, list[str]] = (0, 0, [])
    for above, (_line, cells) in enumerate(first):
        names = [heading(cell) for cell in cells]
        count = len(set(names) & set(known))
        if above == 0 or count > found[0]:
            found = count, above, names
    return found


def _encoding_note(decoded: DecodedText) -> str:
    words = _("Ce fichier ne dit pas son encodage : il est lu comme « %(name)s ».")
    note = words % {"name": decoded.label}
    if decoded.example:
        note += " " + _("Vérifiez les accents, comme dans « %(word)s ».") % {
            "word": decoded.example
        }
    return note


def _lines(
    rows: Iterable[tuple[int, list[str]]], names: list[str], heading: Callable[[str], str]
) -> Iterator[TableLine]:
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
    line = TableLine(number, dict(zip_longest(names, cells[: len(names)], fillvalue="")))
    if len(cells) > len(names):
        line.problems.append(_("Il y a plus de cellules que de colonnes."))
    if word := next(filter(None, map(spoilt_word, cells)), ""):
        words = _("Les accents de « %(word)s » sont abîmés : reprenez le fichier d’origine.")
        line.problems.append(words % {"word": word})
    return line
