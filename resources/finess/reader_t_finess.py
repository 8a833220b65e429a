"""t_finess: one line an establishment, with a first line that names the columns."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from portal.imports.files.csv_reader import UnreadableFile
from resources.finess.establishment import (
    FinessEstablishment,
    FinessExtract,
    RawPoint,
    department_code,
    department_of,
    parse_number,
)
from resources.finess.geocoding import DEGREES, epsg_of
from resources.finess.reader_historic import establishment_of

_REQUIRED = {"nofinesset", "rs", "categetab"}


def is_t_finess(head: str) -> bool:
    return "nofinesset" in head.split("\n", 1)[0].lower()


def read_t_finess(lines: Iterable[tuple[int, str]], department: str) -> FinessExtract:
    reading = FinessExtract(_("fichier t_finess"), iter(()))
    reading.establishments = _establishments(iter(lines), department, reading)
    return reading


def _establishments(
    lines: Iterator[tuple[int, str]], department: str, reading: FinessExtract
) -> Iterator[FinessEstablishment]:
    _line, header = next(lines, (0, ""))
    delimiter = max(";,\t", key=header.count)
    names = [name.strip().lower() for name in _cells(header, delimiter)]
    _check_header(names)
    seen: dict[str, int] = {}
    for line, text in lines:
        cells = _cells(text, delimiter)
        if not any(cells) or [cell.lower() for cell in cells] == names:
            continue
        if len(cells) != len(names):
            reason = _("elle a %(count)s colonnes au lieu de %(right)s")
            reading.unusable.append((line, reason % {"count": len(cells), "right": len(names)}))
            continue
        one = _establishment(line, dict(zip(names, cells, strict=True)), reading)
        if one.department != department:
            reading.elsewhere += 1
        elif seen.setdefault(one.number, line) != line:
            first = seen[one.number]
            reading.unusable.append((line, _("déjà dit ligne %(line)s") % {"line": first}))
        else:
            yield one


def _check_header(names: list[str]) -> None:
    missing = sorted(_REQUIRED - set(names))
    if not {"cog", "commune"} & set(names):
        missing.append("cog")
    if missing:
        raise UnreadableFile(
            _("La première ligne doit nommer les colonnes. Il manque : %(names)s.")
            % {"names": ", ".join(missing)}
        )


def _cells(text: str, delimiter: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([text], delimiter=delimiter), [])]


def _establishment(line: int, row: dict[str, str], reading: FinessExtract) -> FinessEstablishment:
    one = establishment_of(line, row)
    commune = row.get("cog") or one.commune
    department = department_code(row.get("departement", "")) or department_of(commune)
    if one.updated and (reading.day is None or one.updated > reading.day):
        reading.day = one.updated  # the file does not tell its own day: the last change does
    return replace(
        one,
        commune=commune,
        department=department,
        postcode=row.get("codepostal") or one.postcode,
        points=_points(row, department),
    )


def _points(row: dict[str, str], department: str) -> tuple[RawPoint, ...]:
    x = parse_number(row.get("coordx") or row.get("coordxet") or "")
    y = parse_number(row.get("coordy") or row.get("coordyet") or "")
    if x is None or y is None:
        return ()
    is_degrees = abs(x) <= 180 and abs(y) <= 180
    words = row.get("sourcegeocod") or row.get("sourcecoordet") or ""
    return (RawPoint(x, y, DEGREES if is_degrees else epsg_of(words, department)),)
