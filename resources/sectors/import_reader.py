"""A file of sectors, read line by line: what it says, and what is wrong in it.

One line is one commune of one sector. Whatever spreadsheet wrote the file is welcome, be it a
workbook.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from portal.geo.models import Commune
from portal.geo.names import fold, short_commune_name
from portal.imports.files import csv_reader, xlsx_reader
from portal.imports.files.csv_reader import BadValue, FileLimits, check_columns, csv_rows, parse_day
from portal.imports.files.csv_reader import UnreadableFile as UnreadableFile
from resources.choices import CommuneShare, SectorAudience
from resources.models.sector import SECTOR_CODE

COLUMNS = ("code", "audience", "nom", "commune", "part", "precision", "source", "date")
REQUIRED = ("code", "commune")
LONGEST = {"nom": 120, "precision": 160, "source": 200}
LIMITS = FileLimits(megabytes=1, rows=5000)
_ADULT_WORDS = {"adulte", "adultes"}
_CHILD_WORDS = {
    "infanto-juvenile", "infanto-juveniles", "enfant", "enfants", "enfants-et-adolescents",
    "enfants-adolescents",
}  # fmt: skip
_PARTS = {
    "": CommuneShare.ENTIRE, "entiere": CommuneShare.ENTIRE, "entier": CommuneShare.ENTIRE,
    "partielle": CommuneShare.PARTIAL, "partiel": CommuneShare.PARTIAL,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A line that makes sense. None: the file does not have this column."""

    line: int
    code: str
    audience: SectorAudience
    commune: str
    commune_name: str
    part: CommuneShare
    name: str | None = None
    note: str | None = None
    source: str | None = None
    source_date: date | None = None


@dataclass(slots=True)
class SectorFile:
    """What a file says: its good lines, and its mistakes with their line numbers."""

    rows: list[Row] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)


def text_of(content: bytes) -> str:
    """The text of an uploaded file, be it a workbook; ``UnreadableFile`` when it is none."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        return _text_of_workbook(content)
    return csv_reader.decode_csv(content, LIMITS)


def _text_of_workbook(content: bytes) -> str:
    """The same lines as CSV, at the same numbers."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    written = 0
    for line, cells in xlsx_reader.workbook_rows(content, LIMITS):
        text.write("\n" * (line - written - 1))
        writer.writerow(cells)
        written = line
    return text.getvalue()


def read_sectors(text: str) -> SectorFile:
    """Every line of the file, good or bad; ``UnreadableFile`` when it has no proper header."""
    lines = csv_rows(text, LIMITS)
    _line, header = next(lines, (0, []))
    names = _columns(header)
    reading = SectorFile()
    communes = _Communes()
    seen: dict[tuple[str, str], int] = {}
    for line, cells in lines:
        try:
            row = _row(line, dict(zip(names, cells, strict=False)), len(cells), names, communes)
            _check_alone(row, seen)
        except BadValue as mistake:
            reading.errors.append((line, str(mistake)))
        else:
            reading.rows.append(row)
    _check_agreement(reading)
    reading.errors.sort()
    return reading


def _columns(header: list[str]) -> list[str]:
    names = [fold(name) for name in header]
    check_columns(names, COLUMNS, REQUIRED)
    return names


def _row(
    line: int, cells: dict[str, str], count: int, names: list[str], communes: "_Communes"
) -> Row:
    if count > len(names):
        raise BadValue(_("Il y a plus de cellules que de colonnes."))
    for name, longest in LONGEST.items():
        _check_text(name, cells.get(name, ""), longest)
    code = cells["code"].upper()
    if not re.fullmatch(SECTOR_CODE, code):
        raise BadValue(
            _("« %(code)s » n’est pas un code de secteur, comme 13G01 ou 13I01.") % {"code": code}
        )
    commune = communes.code_of(cells.get("commune", ""))
    return Row(
        line=line,
        code=code,
        audience=_audience(cells.get("audience", ""), code),
        commune=commune,
        commune_name=short_commune_name(communes.names[commune]),
        part=_part(cells.get("part", "")),
        name=cells.get("nom") or None,
        note=cells.get("precision"),
        source=cells.get("source") or None,
        source_date=_day(cells.get("date", "")),
    )


def _check_text(name: str, text: str, longest: int) -> None:
    if len(text) > longest:
        raise BadValue(
            _("Colonne « %(name)s » : %(count)s signes au plus.") % {"name": name, "count": longest}
        )
    if text.startswith(("=", "+", "@")):
        raise BadValue(
            _("Colonne « %(name)s » : un texte ne commence pas par « %(sign)s ».")
            % {"name": name, "sign": text[0]}
        )


def _audience(text: str, code: str) -> SectorAudience:
    """The letter of the code decides; the column must agree with it, or be empty."""
    by_code = SectorAudience.ADULTE if "G" in code else SectorAudience.INFANTO_JUVENILE
    said = fold(text)
    if said and said not in (_ADULT_WORDS | _CHILD_WORDS):
        raise BadValue(
            _("« %(text)s » n’est pas un public : écrivez adulte ou infanto-juvenile.")
            % {"text": text}
        )
    if said and (said in _ADULT_WORDS) != (by_code == SectorAudience.ADULTE):
        raise BadValue(
            _("Le code %(code)s et le public « %(text)s » se contredisent : G adultes, I enfants.")
            % {"code": code, "text": text}
        )
    return by_code


def _part(text: str) -> CommuneShare:
    try:
        return _PARTS[fold(text)]
    except KeyError:
        raise BadValue(
            _("« %(text)s » n’est pas une part : écrivez entiere ou partielle.") % {"text": text}
        ) from None


def _day(text: str) -> date | None:
    return parse_day(text) if text else None


class _Communes:
    """The communes that a code may name; read once for the whole file."""

    def __init__(self) -> None:
        rows = Commune.objects.values_list("code", "name", "postcodes", "department")
        self.names = {code: name for code, name, _postcodes, _department in rows}
        own = Commune.objects.in_department().values_list("code", "name", "postcodes")
        self.by_postcode: dict[str, list[str]] = {}
        for code, name, postcodes in own:
            for postcode in filter(None, postcodes.split("|")):
                said = f"{code} ({short_commune_name(name)})"
                self.by_postcode.setdefault(postcode, []).append(said)

    def code_of(self, text: str) -> str:
        code = text.upper()
        if code.isdigit() and len(code) == 4:  # a spreadsheet ate the zero
            code = f"0{code}"
        if code in self.names:
            return code
        if postcode := self.by_postcode.get(code):
            raise BadValue(
                _("%(code)s est un code postal. Code INSEE : %(communes)s.")
                % {"code": code, "communes": ", ".join(postcode)}
            )
        raise BadValue(
            _("« %(text)s » n’est pas le code INSEE d’une commune connue.") % {"text": text}
        )


def _check_alone(row: Row, seen: dict[tuple[str, str], int]) -> None:
    first = seen.setdefault((row.code, row.commune), row.line)
    if first != row.line:
        raise BadValue(
            _("%(code)s et %(commune)s sont déjà ensemble ligne %(line)s.")
            % {"code": row.code, "commune": row.commune, "line": first}
        )


def _check_agreement(reading: SectorFile) -> None:
    """The lines of one sector tell one name, one source, one date."""
    first: dict[tuple[str, str], Row] = {}
    for row in reading.rows:
        for column, value in (
            ("nom", row.name), ("source", row.source), ("date", row.source_date)
        ):  # fmt: skip
            if value is None:
                continue
            known = first.setdefault((row.code, column), row)
            if value != getattr(known, _FIELDS[column]):
                message = _("Colonne « %(name)s » : %(code)s en dit une autre ligne %(line)s.")
                words = {"name": column, "code": row.code, "line": known.line}
                reading.errors.append((row.line, message % words))


_FIELDS = {"nom": "name", "source": "source", "date": "source_date"}
