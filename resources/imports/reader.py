"""The portal's own table of entries, read back from a spreadsheet."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from portal.exports.formula_escape import unescape_formula
from portal.imports.columns import ImportColumn, read_cells
from portal.imports.contract import FieldValues, ImportRow, SourceFile
from portal.imports.files.csv_reader import BadValue, check_columns
from portal.imports.files.table_reader import TableLine, open_table
from portal.text.normalize import plain
from resources.cedex import is_cedex
from resources.imports.columns import (
    BY_HEADING,
    COLUMNS,
    STATE,
    TITLE,
    TYPE,
    UUID,
    VERSION,
    kind_of_type,
)
from resources.imports.lookups import EntryLookups
from resources.models import ResourcePage

SOURCE = "tableau"
SHEET = "fiches"
HEADINGS = (UUID, VERSION, STATE, *BY_HEADING)


def read_entries_table(content: bytes, file_name: str, options: Mapping[str, Any]) -> SourceFile:
    """Every line of the table, good or bad. Raises UnreadableFile."""
    reader = _TableReader()
    table = open_table(content, HEADINGS, _check_header, sheet=SHEET)
    rows = [reader.row(line) for line in table]
    return SourceFile(SOURCE, _("Tableau de l’annuaire"), rows=rows, notes=table.notes)


def _check_header(names: list[str]) -> None:
    check_columns(names, HEADINGS, [UUID] if UUID in names else [TYPE, TITLE])


class _TableReader:
    def __init__(self) -> None:
        self.lookups = EntryLookups()
        self.uuids = {
            str(uuid)
            for uuid in ResourcePage.objects.in_source_language().values_list("uuid", flat=True)
        }

    def row(self, line: TableLine) -> ImportRow:
        texts, problems = line.texts, list(line.problems)
        if not texts:
            return ImportRow(line.number, "", {}, tuple(problems))
        values, mistakes, remarks = read_cells(self._columns(texts), texts, self.lookups)
        problems += mistakes
        uuid = texts.get(UUID, "").lower()
        problems += self._problems_of(uuid, values)
        remarks += self._locate(texts, values)
        version = unescape_formula(texts.get(VERSION, "")) if uuid else ""
        key = uuid or _key_of_new(values)
        said = texts.get(TITLE, "")
        return ImportRow(line.number, key, values, tuple(problems), tuple(remarks), version, said)

    def _columns(self, texts: dict[str, str]) -> Iterator[ImportColumn]:
        """Those of the file that say something of this line."""
        kind = self._kind_of(texts.get(TYPE, ""))
        for column in COLUMNS:
            if column.heading not in texts:
                continue
            is_empty = not texts[column.heading]
            if is_empty and (not column.may_be_emptied or not column.is_of(kind)):
                continue
            yield column

    def _kind_of(self, text: str) -> type[ResourcePage]:
        try:
            return kind_of_type(self.lookups.of("type").find_code(text))
        except BadValue:
            return ResourcePage

    def _locate(self, texts: dict[str, str], values: FieldValues) -> list[str]:
        """Give a place the arrondissement and the postcode that a CEDEX hides; what is said of it.

        A line that was downloaded has its commune already, but when somebody types a CEDEX there.
        """
        town, code = texts.get("commune", ""), values.get("commune", "")
        postcode = values.get("postcode") or ""
        if not code:
            return []
        communes = self.lookups.of("commune")
        remarks = []
        if is_cedex(town) or not texts.get(UUID):
            values["commune"], found = communes.locate(code, postcode, town)
            if values["commune"] != code:
                words = _("Commune : lu %(name)s.")
                remarks.append(words % {"name": communes.format(values["commune"])})
            if found != postcode:
                words = _("Code postal : %(found)s au lieu de %(postcode)s, qui est un CEDEX.")
                remarks.append(words % {"found": found, "postcode": postcode})
                values["postcode"] = postcode = found
        known = communes.postcodes.get(values["commune"])
        if postcode and known and postcode not in known:
            words = _(
                "Code postal : %(postcode)s n’est pas celui de %(name)s, c’est peut-être un CEDEX. "
                "Vérifiez la commune."
            )
            named = communes.format(values["commune"])
            remarks.append(words % {"postcode": postcode, "name": named})
        return remarks

    def _problems_of(self, uuid: str, values: FieldValues) -> list[str]:
        if uuid and uuid not in self.uuids:
            return [
                _("Aucune fiche n’a cet uuid : elle a été supprimée. Videz la case pour la créer.")
            ]
        if not uuid and not (values.get("title") and values.get("type")):
            return [_("Une fiche nouvelle a au moins un type et un titre.")]
        return []


def _key_of_new(values: FieldValues) -> str:
    """A line without uuid is known again by what a place is called, and where it is."""
    names = ("type", "title", "commune", "address_street")
    text = "|".join(plain(str(values.get(name) or "")) for name in names)
    return f"nouvelle:{hashlib.sha256(text.encode()).hexdigest()[:40]}"
