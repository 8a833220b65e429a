"""FINESS+, the new flow: a JSON of legal entities, each with its establishments."""

import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from portal.imports.files.csv_reader import UnreadableFile
from resources.finess.establishment import (
    FinessEstablishment,
    FinessExtract,
    RawPoint,
    department_of,
    parse_date,
    parse_number,
)
from resources.finess.geocoding import DEGREES, epsg_of
from resources.finess.json_stream import items_of
from resources.finess.text_cleanup import way_of_line

_ACTIVE = "A"
_PLACE, _HEAD_OFFICE, _MAIN_CONTACT = "03", "02", "01"


def read_plus(stream: io.BufferedReader, department: str) -> FinessExtract:
    """The active establishments of one department; their « line » is their rank in the file."""
    reading = FinessExtract(_("flux FINESS+"), iter(()))
    reading.establishments = _establishments(stream, department, reading)
    return reading


def _establishments(
    stream: io.BufferedReader, department: str, reading: FinessExtract
) -> Iterator[FinessEstablishment]:
    rank, recognised = 0, False
    seen: dict[str, int] = {}
    for name, item in items_of(stream):
        if name == "generatedAt":
            reading.day = parse_date(str(item))
        if name != "pmej":
            continue
        recognised = True
        for place in _list(item, "ege"):
            rank += 1
            one = _kept(rank, place, item, department, reading)
            if one and seen.setdefault(one.number, rank) != rank:
                words = _("déjà dit ligne %(line)s") % {"line": seen[one.number]}
                reading.unusable.append((rank, words))
            elif one:
                yield one
    if not recognised:
        raise UnreadableFile(_("Ce JSON n’a pas de liste « pmej » : ce n’est pas le flux FINESS+."))


def _kept(
    rank: int, place: Any, entity: Any, department: str, reading: FinessExtract
) -> FinessEstablishment | None:
    address = _one_of(_list(place, "adresse"), "usageAdresse", _PLACE, _HEAD_OFFICE)
    if department_of(_text(address, "cogCommune")) != department:
        reading.elsewhere += 1
        return None
    if _text(place, "etatObjet") != _ACTIVE:
        reading.closed += 1
        return None
    return _establishment(rank, place, entity, address)


def _establishment(rank: int, place: Any, entity: Any, address: Any) -> FinessEstablishment:
    about = _node(place, "informationsGeneralesEGE")
    contact = _one_of(_list(place, "contact"), "typeContact.roleContact", _MAIN_CONTACT)
    commune = _text(address, "cogCommune")
    department = department_of(commune)
    return FinessEstablishment(
        line=rank,
        number=_text(about, "numFinessEge").upper(),
        name=_text(about, "nomEgeLong") or _text(about, "nomEgeCourt"),
        category=_text(place, "categorieentiteGeographiqueExercice"),
        department=department,
        commune=commune,
        postcode=_text(address, "codePostal"),
        town=_text(address, "ligneAcheminement"),
        house=_text(address, "numeroVoie"),
        repeat=_text(address, "complementVoie"),
        way_kind=_text(address, "typeVoie"),
        # « TH » was lost in the name of some streets; the line of the envelope kept it.
        way=way_of_line(_text(address, "ligneQuatre"), _text(address, "libelleVoie")),
        place=_text(address, "lieuDit"),
        phone=_text(contact, "telecom.telephone"),
        siret=_text(about, "siret"),
        entity=_text(entity, "informationsGeneralesPMEJ.denominationLonguePmSmsse")
        or _text(entity, "informationsGeneralesPMEJ.denominationPm"),
        updated=parse_date(_text(place, "dateDerniereMaj")),
        points=tuple(_points(_node(address, "coordonneesGeographique"), department)),
    )


def _points(node: Any, department: str) -> Iterator[RawPoint]:
    """Degrees first, as they are; then what is projected, often with its two numbers swapped."""
    for x_name, y_name, epsg in (
        ("directionLongitude", "directionLatitude", DEGREES),
        ("coordonneeX", "coordonneeY", epsg_of("", department)),
    ):
        x, y = parse_number(_text(node, x_name)), parse_number(_text(node, y_name))
        if x is not None and y is not None:
            yield RawPoint(x, y, epsg)


def _one_of(nodes: list[Any], name: str, *wanted: str) -> Any:
    """The first node whose ``name`` is the first of the wanted codes that any has."""
    for code in wanted:
        for node in nodes:
            if _text(node, name) == code:
                return node
    return {}


def _node(node: Any, path: str) -> Any:
    for name in path.split("."):
        node = node.get(name) if isinstance(node, dict) else None
    return node


def _list(node: Any, name: str) -> list[Any]:
    found = _node(node, name)
    return found if isinstance(found, list) else []


def _text(node: Any, path: str) -> str:
    """A text without the blanks that fill it; a number as text; nothing for anything else."""
    found = _node(node, path)
    return str(found).strip() if isinstance(found, str | int | float) else ""
