"""Tables that spreadsheets write as XLSX: read as text, cell by cell, and none of it is run.

A workbook is a ZIP of XML files, which may unpack to far more than it weighs: its directory is
looked at before anything is unpacked, and no member gives more than its directory says.
"""

import io
import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from portal.exports.formula_escape import escape_formula
from portal.files.archives import swells
from portal.imports.files.csv_reader import FileLimits, UnreadableFile, tidy_cell

#: How the OLE files begin: the XLS of before 2007, and the XLSX that ask for a password.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MEMBER = b"PK\x01\x02"
_ENCRYPTED = 0x1
_MOST_MEMBERS = 2_000
_MOST_BYTES = 64 * 1024**2
#: Sheets weigh ten or twenty times less once packed; bombs a thousand times.
_MOST_RATIO = 200
#: Rows that are read at most, empty ones included, for each row that is wanted.
_EMPTY_ROWS = 3

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]+)(\d+):[A-Z]+(\d+)"')

Cells = list[str]


@dataclass(frozen=True, slots=True)
class SheetBeginning:
    """The first rows of a sheet, with their numbers; what refuses them, when something does."""

    name: str
    is_hidden: bool
    rows: list[tuple[int, Cells]]
    refusal: UnreadableFile | None = None


def is_workbook(content: bytes) -> bool:
    """Whether the file is to be read here, be it to refuse it, rather than as CSV."""
    return content.startswith((b"PK", _OLE))


def workbook_rows(
    content: bytes, limits: FileLimits, sheet: str = ""
) -> Iterator[tuple[int, Cells]]:
    """The cells, as text, of each row that has any, with its number in the sheet.

    ``sheet`` is read when the workbook has one of this name, the first one otherwise. A text that
    looks like a formula is given as ``escape_formula`` writes it in CSV; ``unescape_formula``
    reads both.
    """
    check_workbook(content, limits)
    try:
        # Without data_only a formula is seen for what it is, instead of its last result.
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        names = book.sheetnames
        table = book[sheet] if sheet in names else book.worksheets[0]
        table.reset_dimensions()  # what the file says of its size may be false
        yield from _rows(table, limits)
    except (UnreadableFile, GeneratorExit):
        raise
    except Exception as reason:
        raise UnreadableFile(_damaged()) from reason


def sheet_beginnings(content: bytes, limits: FileLimits, count: int) -> list[SheetBeginning]:
    """The first ``count`` rows of each sheet, in the order of the sheets. Raises UnreadableFile."""
    check_workbook(content, limits)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        return [_beginning(table, limits, count) for table in book.worksheets]
    except Exception as reason:
        raise UnreadableFile(_damaged()) from reason


def _beginning(table: Any, limits: FileLimits, count: int) -> SheetBeginning:
    table.reset_dimensions()
    rows: list[tuple[int, Cells]] = []
    refusal = None
    try:
        rows.extend(islice(_rows(table, limits), count))
    except UnreadableFile as reason:
        refusal = reason
    return SheetBeginning(table.title, table.sheet_state != "visible", rows, refusal)


def check_workbook(content: bytes, limits: FileLimits) -> None:
    """Refuse what is no workbook, or one that would be dangerous to open."""
    if len(content) > limits.megabytes * 1024**2:
        raise UnreadableFile(
            _("Ce fichier est trop gros : %(count)s Mo au plus.") % {"count": limits.megabytes}
        )
    if content.startswith(_OLE):
        raise UnreadableFile(
            _(
                "Ce classeur est protégé par un mot de passe, ou d’un ancien format (.xls). "
                "Enregistrez-le sans mot de passe, en .xlsx ou en CSV."
            )
        )
    # Counted before the directory is read: a hundred thousand entries would weigh by themselves.
    if content.count(_MEMBER) > _MOST_MEMBERS:
        raise UnreadableFile(_dangerous())
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except Exception:  # noqa: BLE001 (a broken directory breaks the library in any way)
        raise UnreadableFile(
            _("Ce fichier n’est pas un classeur. Enregistrez-le en .xlsx ou en CSV.")
        ) from None
    _check_members(members)


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    names = {member.filename for member in members}
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise UnreadableFile(_("Ce classeur est protégé par un mot de passe : retirez-le."))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableFile(
            _("Ce classeur contient des macros. Enregistrez-le en .xlsx, sans macro.")
        )
    is_excel = any(name.endswith("/workbook.xml") for name in names)
    if "[Content_Types].xml" not in names or not is_excel or len(names) != len(members):
        raise UnreadableFile(
            _("Ce fichier n’est pas un classeur Excel. Enregistrez-le en .xlsx ou en CSV.")
        )
    if any(map(_is_trap, members)) or sum(one.file_size for one in members) > _MOST_BYTES:
        raise UnreadableFile(_dangerous())


def _is_trap(member: zipfile.ZipInfo) -> bool:
    """A member that would be written elsewhere, or that unpacks to much more than a sheet does."""
    name = member.filename
    leaves = name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    return leaves or is_link or swells(member, _MOST_RATIO)


def _damaged() -> str:
    return _("Ce classeur est abîmé. Ouvrez-le dans le tableur, enregistrez-le à nouveau.")


def _dangerous() -> str:
    return _(
        "Ce classeur n’est pas sûr, ou contient bien trop de choses : il n’est pas ouvert. "
        "Copiez vos lignes dans un classeur neuf."
    )


def _rows(table: Any, limits: FileLimits) -> Iterator[tuple[int, Cells]]:
    count = 0
    merged = _merged_cells(table)
    spread: dict[int, tuple[int, str]] = {}
    for line, row in enumerate(table.iter_rows(), start=1):
        if line > _EMPTY_ROWS * limits.rows + 1:
            raise UnreadableFile(_too_many(limits))
        cells = _cells(line, row, limits)
        for column, last in merged.get(line, ()):
            spread[column] = last, cells[column] if column < len(cells) else ""
        if not cells:
            continue
        count += 1
        if count > limits.rows + 1:  # the first one names the columns
            raise UnreadableFile(_too_many(limits))
        yield line, _with_merged(line, cells, spread)


def _merged_cells(table: Any) -> dict[int, list[tuple[int, int]]]:
    """By line, the columns that begin a cell merged over several lines, and its last line."""
    found: dict[int, list[tuple[int, int]]] = {}
    with table._get_source() as source:
        for letters, first, last in _MERGED.findall(source.read()):
            if int(last) > int(first):
                column = column_index_from_string(letters.decode()) - 1
                found.setdefault(int(first), []).append((column, int(last)))
    return found


def _with_merged(line: int, cells: Cells, spread: dict[int, tuple[int, str]]) -> Cells:
    """The cells of a line, each merged one with the text that all its lines show."""
    for column, (last, text) in spread.items():
        if line <= last and text:
            cells += [""] * (column + 1 - len(cells))
            cells[column] = cells[column] or text
    return cells


def _too_many(limits: FileLimits) -> str:
    most = number_format(limits.rows, force_grouping=True)
    return _(
        "Ce classeur a trop de lignes : %(count)s au plus. "
        "Supprimez aussi les lignes vides, à la fin de la feuille."
    ) % {"count": most}


def _cells(line: int, row: Any, limits: FileLimits) -> Cells:
    """The texts of a row, without the empty cells at its end."""
    texts = []
    for cell in row:
        text = _text(line, cell)
        if len(text) > limits.cell:
            raise UnreadableFile(
                _("Ligne %(line)s : une cellule est trop longue.") % {"line": line}
            )
        texts.append(text)
    while texts and not texts[-1]:
        texts.pop()
    if len(texts) > limits.columns:
        raise UnreadableFile(
            _("Ligne %(line)s : il y a trop de colonnes, %(count)s au plus.")
            % {"line": line, "count": limits.columns}
        )
    return texts


def _text(line: int, cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        words = {
            "f": _("Ligne %(line)s : une cellule (%(where)s) contient une formule. "
                   "Collez à sa place sa valeur, comme du texte."),
            "e": _("Ligne %(line)s : une cellule (%(where)s) contient une erreur du tableur."),
        }[cell.data_type]  # fmt: skip
        raise UnreadableFile(words % {"line": line, "where": cell.coordinate})
    text = tidy_cell(format_cell(value))
    return escape_formula(text) if isinstance(value, str) else text


def format_cell(value: Any) -> str:
    """A typed cell as one would type it: a whole number without « .0 », a day as 2026-05-07."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return value.date().isoformat() if is_day else value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)
