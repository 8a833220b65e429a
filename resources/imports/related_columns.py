"""Columns that point to rows of other tables, or hold some of their own."""

from typing import Any

from django.utils.translation import gettext as _

from portal.imports.files.csv_reader import BadValue
from resources.imports import parsers
from resources.imports.columns import Column, Data
from resources.imports.lookups import EntryLookups
from resources.imports.parsers import SEPARATOR, Cell
from resources.models import ResourcePage


class Key(Column):
    """A row of another table, that a cell names by its code or its name."""

    def read(self, cell: Cell, books: EntryLookups) -> str:
        return books.of(self.name).code_of(parsers.text(cell, None))

    def typed(self, value: Any, books: EntryLookups) -> str:
        return books.of(self.name).typed(value) if value else ""

    def stored(self, data: Data, books: EntryLookups) -> str:
        pk = data.get(self.name)
        return books.of(self.name).code_with(pk) if pk else ""

    def put(self, entry: ResourcePage, value: Any, books: EntryLookups) -> None:
        setattr(entry, self.field.attname, books.of(self.name).pk_of(value) if value else None)

    @property
    def accepted(self) -> str:
        return EntryLookups.explained(self.name)


class Keys(Key):
    """Several rows of another table."""

    is_list = True

    def read(self, cell: Cell, books: EntryLookups) -> list[str]:
        book = books.of(self.name)
        return sorted({book.code_of(item) for item in parsers.items(cell)})

    def typed(self, value: Any, books: EntryLookups) -> str:
        return SEPARATOR.join(books.of(self.name).typed(code) for code in value or [])

    def stored(self, data: Data, books: EntryLookups) -> list[str]:
        book = books.of(self.name)
        return sorted(filter(None, (book.code_with(pk) for pk in data.get(self.name) or [])))

    def put(self, entry: ResourcePage, value: Any, books: EntryLookups) -> None:
        book = books.of(self.name)
        setattr(entry, self.name, book.rows_of(value or []))

    @property
    def accepted(self) -> str:
        return _("%(words)s ; plusieurs, séparés par « | »") % {"words": super().accepted}


class Phones(Column):
    """« Secrétariat : 04 91 00 00 00 | Urgences : 3114 »"""

    is_list = True
    label = property(lambda self: _("Autres numéros"))  # type: ignore[assignment]

    def read(self, cell: Cell, books: EntryLookups) -> list[str]:
        return [self._one(item, cell.remarks) for item in parsers.items(cell)]

    def _one(self, item: str, remarks: list[str]) -> str:
        who, separator, number = item.rpartition(":")
        if not separator or not who.strip():
            raise BadValue(
                _("« %(text)s » : dites qui répond, comme « Secrétariat : 04 91 00 00 00 ».")
                % {"text": item}
            )
        read = parsers.phone(Cell(number.strip(), remarks))
        return f"{parsers.text(Cell(who.strip()), 80)} : {read}"

    def typed(self, value: Any, books: EntryLookups) -> str:
        return SEPARATOR.join(value or [])

    def stored(self, data: Data, books: EntryLookups) -> list[str]:
        rows = sorted(data.get(self.name) or [], key=lambda row: row.get("sort_order") or 0)
        return [f"{' '.join(row['label'].split())} : {row['number']}" for row in rows]

    def put(self, entry: ResourcePage, value: Any, books: EntryLookups) -> None:
        kept = {(phone.label, phone.number): phone for phone in entry.phones.all()}
        model = self.field.related_model
        rows = []
        for order, item in enumerate(value or []):
            label, _separator, number = item.rpartition(" : ")
            row = kept.get((label, number)) or model(
                label=label, number=number, locale=entry.locale
            )
            row.sort_order = order
            rows.append(row)
        entry.phones = rows

    @property
    def accepted(self) -> str:
        return _("« Secrétariat : 04 91 00 00 00 » ; plusieurs, séparés par « | »")
