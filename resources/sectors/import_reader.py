"""A table of sectors, where one line is one commune of one sector, as rows of an import.

A row is a whole sector. Its communes are values of their own, named ``commune:13005``, so that
the import knows of each whether a person changed it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from portal.geo.models import Commune
from portal.geo.names import fold, short_commune_name
from portal.imports.columns import DateColumn, ImportColumn, read_cells
from portal.imports.contract import FieldValues, ImportRow, SourceFile
from portal.imports.files.csv_reader import BadValue, FileLimits, check_columns
from portal.imports.files.table_reader import TableLine, open_table
from portal.imports.lookup_columns import LookupColumn
from portal.imports.lookups import ImportLookups, LookupTable
from portal.imports.parsers import CellText, without_decimals
from resources.choices import CommuneShare, SectorAudience
from resources.models.sector import SECTOR_CODE, Sector, SectorCommune

TRANSLATED = False

SOURCE = "secteurs"
LIMITS = FileLimits(megabytes=1, rows=5000)
#: Before the code of a commune, in the name of a value: [its share, its note].
COMMUNE = "commune:"
_REQUIRED = ("code", "commune")
_AUDIENCES = {"adulte": "G", "adultes": "G"} | dict.fromkeys(
    ("infanto-juvenile", "infanto-juveniles", "enfant", "enfants", "enfants-et-adolescents",
     "enfants-adolescents"), "I",
)  # fmt: skip
_SHARES = {
    "": CommuneShare.ENTIRE, "entiere": CommuneShare.ENTIRE, "entier": CommuneShare.ENTIRE,
    "partielle": CommuneShare.PARTIAL, "partiel": CommuneShare.PARTIAL,
}  # fmt: skip


def _parse_code(cell: CellText) -> str:
    code = cell.text.upper()
    if not code:
        raise BadValue(_("Il manque le code du secteur, comme 13G01 ou 13I01."))
    if not re.fullmatch(SECTOR_CODE, code):
        words = _("« %(code)s » n’est pas un code de secteur, comme 13G01 ou 13I01.")
        raise BadValue(words % {"code": code})
    return code


def _parse_audience(cell: CellText) -> str:
    """G for adults or I for children, as in a code; empty when it is not said."""
    if cell.text and fold(cell.text) not in _AUDIENCES:
        words = _("« %(text)s » n’est pas un public : écrivez adulte ou infanto-juvenile.")
        raise BadValue(words % {"text": cell.text})
    return _AUDIENCES.get(fold(cell.text), "")


def _parse_share(cell: CellText) -> str:
    if fold(cell.text) not in _SHARES:
        words = _("« %(text)s » n’est pas une part : écrivez entiere ou partielle.")
        raise BadValue(words % {"text": cell.text})
    return str(_SHARES[fold(cell.text)].value)


COLUMNS: tuple[ImportColumn, ...] = (
    ImportColumn("code", "code", Sector, _parse_code),
    ImportColumn("audience", "audience", Sector, _parse_audience),
    ImportColumn("name", "nom", Sector),
    LookupColumn("commune", "commune", SectorCommune),
    ImportColumn("part", "part", SectorCommune, _parse_share),
    ImportColumn("note", "precision", SectorCommune),
    ImportColumn("source", "source", Sector),
    DateColumn("source_date", "date", Sector),
)
HEADINGS = tuple(column.heading for column in COLUMNS)
#: What the lines of one sector say together: one name, one source, one date.
SECTOR_COLUMNS = {
    column.name: column
    for column in COLUMNS
    if column.name in ("audience", "name", "source", "source_date")
}


class InseeLookup(LookupTable):
    """Communes by their INSEE code alone: two may share a name, and often a postcode."""

    def __init__(self) -> None:
        rows = list(Commune.objects.values_list("code", "name"))
        super().__init__(
            ((code, code, short_commune_name(name)) for code, name in rows),
            _("« %(text)s » n’est pas le code INSEE d’une commune connue."),
        )
        self.by_postcode: dict[str, list[str]] = {}
        own = Commune.objects.in_department().values_list("code", "postcodes")
        for code, postcodes in own:
            for postcode in filter(None, postcodes.split("|")):
                said = f"{code} ({self.names[code]})"
                self.by_postcode.setdefault(postcode, []).append(said)

    def find_code(self, text: str) -> str:
        code = without_decimals(text.upper())
        if code.isdigit() and len(code) == 4:  # a spreadsheet ate the zero
            code = f"0{code}"
        if code in self.pks:
            return code
        if communes := self.by_postcode.get(code):
            words = _("%(code)s est un code postal. Code INSEE : %(communes)s.")
            raise BadValue(words % {"code": code, "communes": ", ".join(communes)})
        return self.refuse(text, [])


class SectorLookups(ImportLookups):
    tables: ClassVar[Mapping[str, type[Any]]] = {"commune": InseeLookup}


@dataclass(frozen=True, slots=True)
class _SectorLine:
    number: int
    values: FieldValues


def read_sectors(content: bytes, file_name: str, options: Mapping[str, Any]) -> SourceFile:
    """The sectors of a table, in the order of its lines. Raises UnreadableFile."""
    file = SourceFile(SOURCE, _("Secteurs de psychiatrie"))
    lookups = SectorLookups()
    sectors: dict[str, dict[str, _SectorLine]] = {}
    table = open_table(content, HEADINGS, _check_header, limits=LIMITS)
    file.notes = table.notes
    for line in table:
        values, problems = _read_line(line, lookups)
        communes = sectors.setdefault(values.get("code", ""), {})
        if not problems and (first := communes.get(values["commune"])):
            words = _("%(code)s et %(commune)s sont déjà ensemble ligne %(line)s.")
            problems = [words % {**values, "line": first.number}]
        if problems:
            file.errors += [(line.number, problem) for problem in problems]
            file.titles[line.number] = _title_of(line)
        else:
            communes[values["commune"]] = _SectorLine(line.number, values)
    for code, communes in sectors.items():
        if communes:
            file.rows.append(_row(code, list(communes.values()), file.errors))
    file.errors.sort()
    return file


def _check_header(names: list[str]) -> None:
    check_columns(names, HEADINGS, _REQUIRED)


def _read_line(line: TableLine, lookups: SectorLookups) -> tuple[FieldValues, list[str]]:
    if line.problems:
        return {}, line.problems
    texts = line.texts
    columns = (column for column in COLUMNS if column.heading in texts)
    values, problems, _remarks = read_cells(columns, texts, lookups)
    letter = re.sub(r"[^GI]", "", values.get("code", ""))[-1:]
    if letter and values.get("audience") not in ("", None, letter):
        words = {"code": values["code"], "text": texts["audience"]}
        problems.append(
            _("Le code %(code)s et le public « %(text)s » se contredisent : G adultes, I enfants.")
            % words
        )
    return values, problems


def _title_of(line: TableLine) -> str:
    """How to call a line that makes no sector: what it says of itself."""
    return " ".join(filter(None, (line.texts.get(name) for name in ("code", "nom", "commune"))))


def _row(code: str, lines: list[_SectorLine], errors: list[tuple[int, str]]) -> ImportRow:
    """One sector; what its lines say of it and do not agree on is added to ``errors``."""
    audience = SectorAudience.ADULTE if "G" in code else SectorAudience.INFANTO_JUVENILE
    values: FieldValues = {"audience": str(audience.value)}
    for name in ("name", "source", "source_date"):
        values |= _agreed(code, name, lines, errors)
    for line in lines:
        share = [line.values.get("part") or str(CommuneShare.ENTIRE.value)]
        note = [line.values["note"]] if "note" in line.values else []
        values[f"{COMMUNE}{line.values['commune']}"] = share + note
    return ImportRow(lines[0].number, code, values, said=code)


def _agreed(
    code: str, name: str, lines: Iterable[_SectorLine], errors: list[tuple[int, str]]
) -> FieldValues:
    """The value of a sector that one of its lines gives; nothing when none does."""
    told = [line for line in lines if line.values.get(name)]
    for line in told[1:]:
        if line.values[name] != told[0].values[name]:
            message = _("Colonne « %(name)s » : %(code)s en dit une autre ligne %(line)s.")
            words = {"name": SECTOR_COLUMNS[name].heading, "code": code, "line": told[0].number}
            errors.append((line.number, message % words))
    return {name: told[0].values[name]} if told else {}
