"""Loading of the official lists of communes and EPCIs that ship with the portal."""

import csv
import lzma
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from portal.geo.models import Commune, Territory
from portal.geo.names import fold

DATA_DIR = Path(__file__).parent / "data"


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of one shipped list (``communes``, ``epci``, ``former_communes``), as dicts of strings.

    Former communes are the « déléguées » and « associées » of INSEE's Code officiel géographique
    2025, as published by Etalab (« découpage administratif » 6.0.0, Licence Ouverte 2.0).
    """
    with lzma.open(DATA_DIR / f"{name}.csv.xz", "rt", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def load_communes(department: str | None = None) -> int:
    """Write the communes of one department, or of all France, and return their number.

    Rows already there are brought up to date, so it can be run again at any time.
    """
    communes = [
        _commune(row)
        for row in read_rows("communes")
        if department is None or row["departement"] == department
    ]
    # A whole commune comes before its arrondissements, which point to it.
    communes.sort(key=lambda commune: commune.parent_id is not None)
    with transaction.atomic():
        Commune.objects.bulk_create(
            communes,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=[f.name for f in Commune._meta.concrete_fields if not f.primary_key],
        )
    return len(communes)


def _commune(row: dict[str, str]) -> Commune:
    codes = row["codes_postaux"]
    return Commune(
        code=row["code_insee"],
        name=row["nom"],
        slug=fold(row["nom"]),
        kind=(Commune.Kind.ARRONDISSEMENT if row["commune_parent"] else Commune.Kind.COMMUNE),
        parent_id=row["commune_parent"] or None,
        department=row["departement"],
        postcodes=f"|{codes}|" if codes else "",
        population=int(row["population"]) if row["population"] else None,
        lat=float(row["lat"]) if row["lat"] else None,
        lon=float(row["lon"]) if row["lon"] else None,
    )


@transaction.atomic
def seed_territories_from_epci(department: str) -> int:
    """Make one territory for each EPCI of the department that has none yet.

    A starting point only: the coordinator renames, splits and confirms them. Returns how
    many were made.
    """
    known = set(Commune.objects.in_department(department).values_list("code", flat=True))
    made = 0
    for row in read_rows("epci"):
        codes = known.intersection(row["communes"].split("|"))
        if not codes or Territory.objects.filter(slug=fold(row["nom"])).exists():
            continue
        territory = Territory.objects.create(name=row["nom"], slug=fold(row["nom"]))
        territory.communes.set(codes)
        made += 1
    return made
