"""The historic extraction of FINESS (etalab_cs1100502 and 507): no header, one record a line."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from portal.imports.files.csv_reader import UnreadableFile
from resources.finess.establishment import (
    FinessEstablishment,
    FinessExtract,
    RawPoint,
    department_code,
    insee_code,
    parse_date,
    parse_number,
)
from resources.finess.geocoding import epsg_of

_NAMES = (
    "kind", "nofinesset", "nofinessej", "rs", "rslongue", "complrs", "compldistrib", "numvoie",
    "typvoie", "voie", "compvoie", "lieuditbp", "commune", "departement", "libdepartement",
    "ligneacheminement", "telephone", "telecopie", "categetab", "libcategetab", "categagretab",
    "libcategagretab", "siret", "codeape", "codemft", "libmft", "codesph", "libsph", "dateouv",
    "dateautor", "datemaj", "numuai",
)  # fmt: skip
#: The last column came later.
_COUNTS = (len(_NAMES) - 1, len(_NAMES))
_POSTCODE = re.compile(r"(\d{5})\s+(.*)")


def is_extraction(head: str) -> bool:
    return head.lower().startswith(("finess;", "structureet;", "geolocalisation;"))


def read_extraction(lines: Iterable[tuple[int, str]], department: str) -> FinessExtract:
    """The establishments of one department; a point comes far below what it tells about."""
    reading = FinessExtract(_("extraction historique de FINESS"), iter(()))
    reading.establishments = _establishments(lines, department, reading)
    return reading


def _establishments(
    lines: Iterable[tuple[int, str]], department: str, reading: FinessExtract
) -> Iterator[FinessEstablishment]:
    found: dict[str, FinessEstablishment] = {}
    recognised = False
    for line, text in lines:
        kind = text.split(";", 1)[0].strip('"').lower()
        if kind == "structureet":
            recognised |= _add(line, text, department, reading, found)
        elif kind == "geolocalisation":
            _locate(text, found)
        elif kind == "finess":
            reading.day = next(filter(None, map(parse_date, text.split(";")[3:])), None)
        elif text.strip():
            reading.unusable.append((line, _("elle n’est pas d’un type connu")))
    if not recognised:
        raise UnreadableFile(
            _("Aucune ligne « structureet » n’a le nombre de colonnes attendu : %(count)s.")
            % {"count": _COUNTS[1]}
        )
    yield from found.values()


def _add(
    line: int,
    text: str,
    department: str,
    reading: FinessExtract,
    found: dict[str, FinessEstablishment],
) -> bool:
    """Whether the line has the columns of an establishment; it is kept when it is of ours."""
    cells = _cells(text)
    if len(cells) not in _COUNTS:
        reason = _("elle a %(count)s colonnes au lieu de %(right)s")
        reading.unusable.append((line, reason % {"count": len(cells), "right": _COUNTS[1]}))
        return False
    row = dict(zip(_NAMES, cells, strict=False))
    if department_code(row["departement"]) != department:
        reading.elsewhere += 1
        return True
    one = establishment_of(line, row)
    if one.number in found:
        first = found[one.number].line
        reading.unusable.append((line, _("déjà dit ligne %(line)s") % {"line": first}))
    else:
        found[one.number] = one
    return True


def _cells(text: str) -> list[str]:
    """The cells of one line; a quotation mark that is never closed is only a sign."""
    cells = next(csv.reader([text], delimiter=";"), [])
    if len(cells) not in _COUNTS:
        plain = text.split(";")
        cells = plain if len(plain) in _COUNTS else cells
    return [cell.strip() for cell in cells]


def establishment_of(line: int, row: dict[str, str]) -> FinessEstablishment:
    """An establishment out of cells by the names that FINESS gives to its columns."""
    department = department_code(row.get("departement", ""))
    postcode, town = split_town(row.get("ligneacheminement", ""))
    return FinessEstablishment(
        line=line,
        number=row.get("nofinesset", "").upper(),
        name=row.get("rslongue") or row.get("rs", ""),
        category=row.get("categetab", ""),
        department=department,
        commune=insee_code(department, row.get("commune", "")),
        postcode=postcode,
        town=town,
        house=row.get("numvoie", ""),
        repeat=row.get("compvoie", ""),
        way_kind=row.get("typvoie", ""),
        way=row.get("voie", ""),
        place=row.get("lieuditbp", ""),
        phone=row.get("telephone", ""),
        siret=row.get("siret", ""),
        updated=parse_date(row.get("datemaj") or row.get("maj") or ""),
    )


def split_town(text: str) -> tuple[str, str]:
    """« 13013 », « MARSEILLE » for « 13013 MARSEILLE »."""
    match = _POSTCODE.fullmatch(text.strip())
    return (match[1], match[2]) if match else ("", text.strip())


def _locate(text: str, found: dict[str, FinessEstablishment]) -> None:
    cells = [cell.strip() for cell in text.split(";")]
    one = found.get(cells[1].upper()) if len(cells) > 3 else None
    if one is None:
        return
    x, y = parse_number(cells[2]), parse_number(cells[3])
    if x is not None and y is not None:
        # In 2016 the source was itself cut by « ; »: the word is looked for in the whole line.
        point = RawPoint(x, y, epsg_of(text, one.department))
        found[one.number] = replace(one, points=(*one.points, point))
