"""A table that somebody filled in a spreadsheet, be it saved as CSV or as XLSX."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, zip_longest

from django.utils.translation import gettext as _

from portal.exports.formula_escape import unescape_formula
from portal.imports.files import csv_reader, xlsx_reader
from portal.imports.files.csv_reader import FileLimits, UnreadableFile
from portal.imports.files.encoding import DecodedText, spoilt_word
from portal.imports.files.xlsx_reader import SheetBeginning
from portal.text.normalize import plain

#: The most that is read of a table, whatever it holds.
LIMITS = FileLimits(megabytes=5, rows=20_000, columns=200, cell=10_000)


#: Above the names of the columns there may be a title, as Numbers writes it.
_MOST_ABOVE = 10
#: What people write at the beginning of a line that adds up the others.
_TOTAL = re.compile(r"(?:sous )?tota(?:l|ux)(?: general)?(?: \d+)*")
Rows = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class _Names:
    """How many columns are known, how many rows are before the first line, the names."""

    count: int
    below: int
    names: list[str]


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
    delimiter, found = _find_delimiter(decoded.text, known, heading, limits)
    check(found.names)
    rows = islice(csv_reader.csv_rows(decoded.text, limits, delimiter), found.below, None)
    notes = [_encoding_note(decoded)] if decoded.label else []
    return Table(_lines(rows, found.names, heading), notes)


def _find_delimiter(
    text: str, known: Collection[str], heading: Callable[[str], str], limits: FileLimits
) -> tuple[str, _Names]:
    """The sign that makes most columns known: a title above them may have more of another one."""
    refusal: UnreadableFile | None = None
    best: tuple[str, _Names] | None = None
    for delimiter in csv_reader.delimiters(text):
        try:
            first = list(islice(csv_reader.csv_rows(text, limits, delimiter), _MOST_ABOVE))
        except UnreadableFile as reason:
            refusal = refusal or reason
            continue
        found = _find_names(first, known, heading)
        if best is None or found.count > best[1].count:
            best = delimiter, found
    if best is None or (refusal and not best[1].count):
        raise refusal or UnreadableFile(
            _("Ce fichier est vide. La première ligne doit nommer les colonnes.")
        )
    return best


def _open_workbook(
    content: bytes,
    known: Collection[str],
    check: Callable[[list[str]], None],
    wanted: str,
    heading: Callable[[str], str],
    limits: FileLimits,
) -> Table:
    sheets = xlsx_reader.sheet_beginnings(content, limits, _MOST_ABOVE)
    found = [(sheet, _find_names(sheet.rows, known, heading)) for sheet in sheets]
    if not found:
        raise UnreadableFile(_("Ce fichier est vide. La première ligne doit nommer les colonnes."))

    def rank(one: tuple[SheetBeginning, _Names]) -> tuple[bool, bool, int]:
        sheet, names = one
        is_seen = bool(names.count) and not sheet.is_hidden
        return is_seen, bool(names.count) and sheet.name == wanted, names.count

    chosen, names = max(found, key=rank)
    if chosen.refusal and not names.count:
        raise chosen.refusal
    check(names.names)
    rows = islice(xlsx_reader.workbook_rows(content, limits, chosen.name), names.below, None)
    alike = [
        sheet.name
        for sheet, other in found
        if sheet is not chosen and not sheet.is_hidden and other.count >= max(names.count, 2)
    ]
    notes = _sheet_notes(chosen, chosen is sheets[0] or chosen.name == wanted, alike)
    return Table(_lines(rows, names.names, heading), notes)


def _sheet_notes(chosen: SheetBeginning, is_expected: bool, alike: list[str]) -> list[str]:
    notes = []
    if chosen.is_hidden:
        notes.append(_("Feuille lue : « %(name)s », qui est masquée.") % {"name": chosen.name})
    elif not is_expected:
        notes.append(_("Feuille lue : « %(name)s ».") % {"name": chosen.name})
    if alike:
        words = _(
            "Une seule feuille est lue. D’autres ont les mêmes colonnes, et ne le sont pas : "
            "%(names)s. Importez-les une à une."
        )
        notes.append(words % {"names": ", ".join(f"« {name} »" for name in alike)})
    return notes


def _find_names(
    first: list[tuple[int, list[str]]], known: Collection[str], heading: Callable[[str], str]
) -> _Names:
    """The row, or the two rows, that name the most columns."""
    rows = [[heading(cell) for cell in cells] for _line, cells in first]
    best = 0
    for rank, names in enumerate(rows):
        if len(set(names) & set(known)) > len(set(rows[best]) & set(known)):
            best = rank
    if not rows:
        return _Names(0, 1, [])
    names, below = rows[best], best + 1
    if best and (joined := _joined(rows[best - 1], names, known)):
        names = joined
    elif below < len(rows) and (joined := _joined(names, rows[below], known)):
        names, below = joined, below + 1
    return _Names(len(set(names) & set(known)), below, names)


def _joined(upper: list[str], lower: list[str], known: Collection[str]) -> list[str]:
    """The names of two rows, of which the upper one groups some columns; none when it does not.

    « titre ; commune ; Coordonnées ; » above « ; ; téléphone ; courriel ».
    """
    groups = [name for name in upper if name and name not in known]
    is_below = all(name in known for name in lower if name) and any(lower)
    pairs = list(zip_longest(upper, lower, fillvalue=""))
    is_apart = not any(above in known and below not in ("", above) for above, below in pairs)
    has_columns = any(name in known for name in upper)
    if not (groups and is_below and is_apart and has_columns):
        return []
    # A group has a column of its own below it, or it is one that nobody knows.
    return [below or above for above, below in pairs]


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
    if _TOTAL.fullmatch(plain(next(filter(None, cells), ""))):
        words = _("Cette ligne est un total, pas une ligne du tableau : retirez-la.")
        return TableLine(number, problems=[words])
    line = TableLine(number, dict(zip_longest(names, cells[: len(names)], fillvalue="")))
    if any(cells[len(names) :]):
        line.problems.append(_("Il y a plus de cellules que de colonnes."))
    if word := next(filter(None, map(spoilt_word, cells)), ""):
        words = _("Les accents de « %(word)s » sont abîmés : reprenez le fichier d’origine.")
        line.problems.append(words % {"word": word})
    return line
