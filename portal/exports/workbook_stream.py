"""A workbook written while it leaves: no byte waits for the last row, its size costs no memory.

openpyxl makes all that a workbook holds beside its rows, and gives nothing before the last of them.
The rows are written here, in the middle of the sheet that it made.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from portal.exports.streaming import encoded_chunks
from portal.exports.workbooks import save_workbook
from portal.text.control_characters import strip_control_characters

_SHEET = "xl/worksheets/sheet1.xml"
_END = b"</sheetData>"
_LONGEST_CELL = 32_000
# What a workbook takes for a formula or an error: such a text stays one even when it is edited.
_NOT_A_TEXT = ("=", "#")


def workbook_chunks(book: Workbook, first: int, rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """The XLSX of ``book``, with ``rows`` at the end of its first sheet.

    ``book`` is a ``Workbook(write_only=True)`` that nobody has saved; ``first``: the number of the
    first of these rows. Texts are texts whatever they begin with, numbers numbers.
    """
    quoted = WriteOnlyCell(book.worksheets[0], "")
    quoted.quotePrefix = True
    style = quoted.style_id  # makes the book hold it
    sink: Any = _Sink()
    with ZipFile(save_workbook(book)) as made, ZipFile(sink, "w", ZIP_DEFLATED) as packed:
        for name in made.namelist():
            if name != _SHEET:
                packed.writestr(name, made.read(name))
        before, end, after = made.read(_SHEET).rpartition(_END)
        with packed.open(_SHEET, "w", force_zip64=True) as sheet:
            sheet.write(before)
            yield sink.taken()
            for piece in encoded_chunks(_rows(first, rows, style)):
                sheet.write(piece)
                yield sink.taken()
            sheet.write(end + after)
    yield sink.taken()


class _Sink:
    """A file that nobody reads back: what is written waits here until it is taken."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._waiting.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        pieces, self._waiting = self._waiting, []
        return b"".join(pieces)


def _rows(first: int, rows: Iterable[Iterable[Any]], style: int) -> Iterator[str]:
    letters: list[str] = []
    for number, row in enumerate(rows, first):
        values = list(row)
        letters += [get_column_letter(rank + 1) for rank in range(len(letters), len(values))]
        cells = (
            _cell(f"{letter}{number}", value, style)
            for letter, value in zip(letters, values, strict=False)
            if value is not None
        )
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: Any, style: int) -> str:
    if not isinstance(value, str):
        return f'<c r="{place}" t="n"><v>{value}</v></c>'
    text = strip_control_characters(value)[:_LONGEST_CELL]
    look = f' s="{style}"' if text.startswith(_NOT_A_TEXT) else ""
    said = f'<is><t xml:space="preserve">{escape(text)}</t></is>'
    return f'<c r="{place}"{look} t="inlineStr">{said}</c>'
