"""A file of FINESS as rows of an import: the establishments that concern the portal.

An official file is never perfect: what cannot be used is left aside, and said. Only a file that is
not one of FINESS, or that is broken, is refused.
"""

import io
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.imports.contract import FieldValues, ImportRow, SourceFile
from portal.imports.files.csv_reader import UnreadableFile
from portal.text.date_format import format_date
from resources.finess import text_cleanup
from resources.finess.categories import CategoryClassifier, CategoryMatch
from resources.finess.communes import CommuneMatcher
from resources.finess.establishment import FinessEstablishment, FinessExtract
from resources.finess.files import decode_head, open_stream, peek_head, read_lines
from resources.finess.geocoding import box_of, locate_point
from resources.finess.gone import stale_note
from resources.finess.reader_historic import is_extraction, read_extraction
from resources.finess.reader_plus import read_plus
from resources.finess.reader_t_finess import is_t_finess, read_t_finess
from resources.validators import readable_phone, validate_finess, validate_siret

SOURCE = "finess"
_LONGEST = {"title": 255, "operator": 160, "address_street": 160, "address_extra": 160}
#: How many of the lines that were left aside for one reason are named.
_NAMED = 20


def read_upload(content: bytes, name: str, options: Mapping[str, Any]) -> SourceFile:
    """What the shared screens ask of a reader."""
    return read_finess(io.BytesIO(content))


def read_finess(file: BinaryIO, department: str = "") -> SourceFile:
    """The establishments of our department, whatever the format; UnreadableFile when it is none."""
    department = department or settings.PORTAL_DEPARTEMENT
    reading = _reading(file, department)
    made = _RowBuilder(department)
    for one in reading.establishments:
        made.add(one)
    return SourceFile(
        source=SOURCE,
        label=reading.label,
        rows=made.rows,
        day=reading.day,
        notes=[*_notes(reading, made), *stale_note(reading.day), *made.asides.sentences()],
    )


def check_format(file: BinaryIO) -> None:
    """Raise ``UnreadableFile`` when the file does not begin as one of FINESS; reads no further."""
    _reading(file, settings.PORTAL_DEPARTEMENT)


def _reading(file: BinaryIO, department: str) -> FinessExtract:
    stream = open_stream(file)
    text = decode_head(peek_head(stream))
    if text.startswith("{"):
        return read_plus(stream, department)
    if is_extraction(text):
        return read_extraction(read_lines(stream), department)
    if is_t_finess(text):
        return read_t_finess(read_lines(stream), department)
    if text[:200].lower().startswith(("<!doctype", "<html", "<?xml")):
        raise UnreadableFile(
            _("C’est une page web, pas le fichier : téléchargez le fichier lui-même.")
        )
    raise UnreadableFile(
        _(
            "Ce n’est pas un fichier FINESS connu : ni l’extraction historique (etalab_cs1100502 "
            "ou 507), ni t_finess, ni le flux FINESS+ (JSON)."
        )
    )


class _RowBuilder:
    """The rows that are being made, and why other establishments were left aside."""

    def __init__(self, department: str) -> None:
        self.sorter = CategoryClassifier()
        self.communes = CommuneMatcher(department)
        self.box = box_of(department)
        self.rows: list[ImportRow] = []
        self.asides = _SkippedLines()
        self.other = 0
        self.count = 0

    def add(self, one: FinessEstablishment) -> None:
        self.count += 1
        kind = self.sorter.kind_of(one)
        if kind is None:
            self.other += 1
        elif reason := kind.aside or _unusable(one):
            self.asides.add(reason, one)
        else:
            self.rows.append(self._row(one, kind))

    def _row(self, one: FinessEstablishment, kind: CategoryMatch) -> ImportRow:
        remarks = list(kind.remarks)
        values: FieldValues = {
            "title": text_cleanup.readable_name(one.name),
            "type": kind.type_code,
            "audience": kind.audience,
            "publics": list(kind.publics),
            "age_min": kind.ages[0] if kind.ages else None,
            "age_max": kind.ages[1] if kind.ages else None,
            "operator": text_cleanup.readable_name(one.entity),
            "address_street": text_cleanup.readable_street(
                one.house, one.repeat, one.way_kind, one.way
            ),
            "address_extra": text_cleanup.readable_name(one.place),
            "phone": _phone(one.phone, remarks),
            "finess": one.number,
            "siret": _siret(one.siret, remarks),
            "source": "FINESS",
            "source_date": one.updated.isoformat() if one.updated else "",
        }
        values |= self._place(one, remarks)
        for name, longest in _LONGEST.items():
            values[name] = values[name][:longest].strip()
        # What FINESS does not say, it does not deny.
        values = {name: value for name, value in values.items() if value not in ("", None, [])}
        return ImportRow(one.line, one.number, values, remarks=tuple(remarks), said=values["title"])

    def _place(self, one: FinessEstablishment, remarks: list[str]) -> FieldValues:
        found = self.communes.find(one.commune, one.postcode, one.town)
        remarks += found.remarks
        point, said = locate_point(one.points, self.box)
        remarks += said
        postcode = found.postcode if found.postcode.isdigit() and len(found.postcode) == 5 else ""
        lat, lon = point or (None, None)
        return {"commune": found.code, "postcode": postcode, "lat": lat, "lon": lon}


def _unusable(one: FinessEstablishment) -> str:
    try:
        validate_finess(one.number)
    except ValidationError:
        return _("numéro FINESS illisible « %(number)s »") % {"number": one.number}
    return "" if one.name else _("sans nom")


def _phone(text: str, remarks: list[str]) -> str:
    """The number as people read it; « 0000000000 » is how FINESS says that there is none."""
    if not text.strip("0 ."):
        return ""
    try:
        return readable_phone(text)
    except ValidationError:
        remarks.append(
            _("téléphone « %(phone)s » illisible : il est laissé vide") % {"phone": text}
        )
        return ""


def _siret(text: str, remarks: list[str]) -> str:
    text = text.replace(" ", "")
    if not text.strip("0"):
        return ""
    try:
        validate_siret(text)
    except ValidationError:
        remarks.append(_("SIRET « %(siret)s » faux : il est laissé vide") % {"siret": text[:40]})
        return ""
    return text


class _SkippedLines:
    """What was left aside, by reason."""

    def __init__(self) -> None:
        self.by_reason: dict[str, list[str]] = {}
        self.count = 0

    def add(self, reason: str, one: FinessEstablishment) -> None:
        self.count += 1
        words = _("%(name)s (ligne %(line)s)") % {"name": one.name[:60], "line": one.line}
        self.by_reason.setdefault(reason, []).append(words)

    def sentences(self) -> Iterable[str]:
        for reason, names in sorted(self.by_reason.items()):
            yield _said_aside(len(names), reason, names)


def _said_aside(count: int, reason: str, names: list[str]) -> str:
    said = ngettext("%(count)s ligne écartée", "%(count)s lignes écartées", count)
    named = "\u00a0; ".join(names[:_NAMED])
    more = "…" if len(names) > _NAMED else ""
    return f"{said % {'count': count}}, {reason}\u00a0: {named}{more}."


def _notes(reading: FinessExtract, made: _RowBuilder) -> list[str]:
    words = {
        "label": f"{reading.label[:1].upper()}{reading.label[1:]}",
        "count": number_format(made.count, force_grouping=True),
        "kept": number_format(len(made.rows), force_grouping=True),
        "other": number_format(made.other, force_grouping=True),
        "elsewhere": number_format(reading.elsewhere, force_grouping=True),
    }
    if reading.day:
        words["label"] = _("%(label)s du %(day)s") % {**words, "day": format_date(reading.day)}
    notes = [
        _(
            "%(label)s : %(count)s établissements du département, %(kept)s repris, %(other)s d’une "
            "autre catégorie. Ailleurs en France : %(elsewhere)s."
        )
        % words,
        _(
            "FINESS écrit en capitales, sans accents, et coupe les noms : relisez le nom, la rue "
            "et le public de chaque fiche avant de la publier. Il ne dit ni horaires ni prix."
        ),
    ]
    if reading.closed:
        closed = number_format(reading.closed, force_grouping=True)
        notes.append(_("Établissements fermés, écartés : %(count)s.") % {"count": closed})
    if reading.unusable:
        said = [f"{line} ({reason})" for line, reason in reading.unusable]
        notes.append(_said_aside(len(said), _("illisibles ou répétées"), said))
    return notes
