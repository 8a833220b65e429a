"""Entries as the rows of a table: one cell for each field, and a sheet of sources and terms."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openpyxl import Workbook

from portal.api.openapi import licence, licence_url
from portal.exports.workbook_stream import workbook_chunks
from portal.exports.workbooks import append_row
from resources.open_data.fields import FIELDS, open_data_values

#: Between the values of a cell that holds several.
SEPARATOR = " | "
_LICENCE = "licence"


def head() -> list[str]:
    return [*(field.name for field in FIELDS), _LICENCE]


def rows(entries: Iterable[Any]) -> Iterator[list[Any]]:
    """The cells of each entry, in the order of the head: texts, numbers or nothing."""
    name = licence()
    for entry in entries:
        yield [*(_cell(value) for value in open_data_values(entry).values()), name]


def workbook(entries: Iterable[Any], about: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    """An XLSX that leaves row by row: texts are texts, telephone numbers included."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(_("Annuaire"))
    sheet.freeze_panes = "C2"
    append_row(sheet, head())
    notes: Any = book.create_sheet(_("Lisez-moi"))
    for line in (*about, ("", ""), *((field.name, str(field.description)) for field in FIELDS)):
        append_row(notes, line)
    return workbook_chunks(book, 2, rows(entries))


def about(address: str, publisher: str) -> list[tuple[str, str]]:
    """What must be said with the data: who publishes them, when, and under which licence."""
    today = timezone.localdate()
    return [
        (_("Source"), f"{publisher}, {address}"),
        (_("Date"), date_format(today, "j F Y")),
        (_("Licence"), " ".join(filter(None, [licence(), licence_url()]))),
        (_("À citer"), f"{publisher}, {address}, {today:%d/%m/%Y}"),
    ]


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if value is None or isinstance(value, (int, float)):
        return value
    if isinstance(value, list):
        return SEPARATOR.join(_item(item) for item in value)
    return str(value)


def _item(value: Any) -> str:
    """One value of a list; a row of facts is told by those that a person reads."""
    if not isinstance(value, dict):
        return str(value)
    if "numero" in value:
        return f"{value['numero']} ({value['qui']})"
    if "du" in value:
        days = f"{value['du']}/{value['au'] or '…'}"
        return f"{days} {value['message'] or ''}".strip()
    return str(value["nom"])
