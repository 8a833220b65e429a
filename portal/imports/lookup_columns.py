"""Columns whose cells name rows of other tables."""

from typing import Any

from django.utils.translation import gettext as _

from portal.imports import parsers
from portal.imports.columns import FieldData, ImportColumn
from portal.imports.lookups import ImportLookups
from portal.imports.parsers import SEPARATOR, CellText


class LookupColumn(ImportColumn):
    """A row of another table, that a cell names by its code or its name.

    Its value is a code; that of a child for several rows, a list of codes.
    """

    def read(self, cell: CellText, lookups: ImportLookups) -> str | list[str]:
        return lookups.of(self.name).find_code(parsers.parse_text(cell, None))

    def format(self, value: Any, lookups: ImportLookups) -> str:
        return lookups.of(self.name).format(value) if value else ""

    def stored(self, data: FieldData, lookups: ImportLookups) -> str | list[str]:
        pk = data.get(self.name)
        return lookups.of(self.name).codes.get(pk, "") if pk else ""

    def put(self, instance: Any, value: Any, lookups: ImportLookups) -> None:
        setattr(instance, self.field.attname, lookups.of(self.name).pks[value] if value else None)

    def help_text(self, lookups: ImportLookups) -> str:
        return str(lookups.tables[self.name].accepted)


class LookupsColumn(LookupColumn):
    """Several rows of another table."""

    is_related = True

    def read(self, cell: CellText, lookups: ImportLookups) -> list[str]:
        table = lookups.of(self.name)
        return sorted({table.find_code(item) for item in parsers.split_items(cell)})

    def format(self, value: Any, lookups: ImportLookups) -> str:
        return SEPARATOR.join(lookups.of(self.name).format(code) for code in value or [])

    def stored(self, data: FieldData, lookups: ImportLookups) -> list[str]:
        codes = lookups.of(self.name).codes
        return sorted(codes[pk] for pk in data.get(self.name) or [] if pk in codes)

    def put(self, instance: Any, value: Any, lookups: ImportLookups) -> None:
        # Objects rather than their keys: a new object has no key yet, a draft writes no link.
        objects = lookups.of(self.name).objects_of(self.field.related_model, value or [])
        setattr(instance, self.name, objects)

    def help_text(self, lookups: ImportLookups) -> str:
        one = super().help_text(lookups)
        return _("%(words)s ; plusieurs, séparés par « | »") % {"words": one}
