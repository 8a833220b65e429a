"""Communes of the department, and the territories that its PTSM may make of them."""

from functools import partial
from pathlib import Path

from django.core.exceptions import ValidationError

from wagtail.models import Locale

from home.demo.files import ContentEntry, ContentError, read_csv
from home.demo.seeder import PAGES, TERRITORIES, DemoSeeder, publish
from home.models import TerritoryPage
from portal.geo.models import Commune, Territory
from portal.geo.names import fold
from portal.geo.services import load_communes, read_rows


def build_territories(seeder: DemoSeeder, department: str, path: Path | None = None) -> None:
    """Load the communes, then the territories of a file or, without one, the EPCIs."""
    load_communes(department)
    groups = _groups_of_file(path) if path else _groups_of_epci(department)
    for order, (name, (codes, entry)) in enumerate(groups.items()):
        seeder.once(
            TERRITORIES,
            f"territory:{fold(name)}",
            partial(_territory, name, codes, order),
            entry,
        )


def _territory(name: str, codes: list[str], order: int) -> Territory:
    communes = list(Commune.objects.filter(code__in=codes))
    if len(communes) != len(set(codes)):
        missing = set(codes) - {commune.code for commune in communes}
        raise ValidationError(f"communes inconnues : {', '.join(sorted(missing))}")
    territory = Territory(name=name, slug=fold(name), order=order)
    territory.full_clean()
    territory.save()
    territory.communes.set(communes)
    return territory


def build_territory_pages(seeder: DemoSeeder, locale: Locale) -> None:
    """One published page for each territory: what it shows is computed."""
    index = seeder.get("page:territoires")
    for territory in Territory.objects.all():
        key = f"page:territory:{territory.slug}"
        make = partial(_page, territory, locale)
        page = seeder.page(PAGES, key, index, make, ContentEntry(path=key))
        if key in seeder.fresh:
            publish(page)


def _page(territory: Territory, locale: Locale) -> TerritoryPage:
    return TerritoryPage(
        title=territory.name, slug=territory.slug, territory=territory, locale=locale
    )


def _groups_of_file(path: Path) -> dict[str, tuple[list[str], ContentEntry]]:
    groups: dict[str, tuple[list[str], ContentEntry]] = {}
    for row in read_csv(path):
        row.expect(["territory", "commune", "name"])
        groups.setdefault(row["territory"], ([], row))[0].append(row["commune"])
    return groups


def _groups_of_epci(department: str) -> dict[str, tuple[list[str], ContentEntry]]:
    known = set(Commune.objects.in_department(department).values_list("code", flat=True))
    if not known:
        raise ContentError(f"aucune commune n’est connue pour le département « {department} ».")
    groups = {}
    for row in read_rows("epci"):
        if codes := known.intersection(row["communes"].split("|")):
            groups[row["nom"].replace("'", "’")] = (sorted(codes), ContentEntry(path="epci.csv.xz"))
    return groups
