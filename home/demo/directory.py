"""Entries of the directory and psychiatric sectors."""

from functools import partial
from pathlib import Path
from typing import Any

from home.demo.files import CONTENT, ContentEntry, read_csv, read_entries
from home.demo.places import build_places
from home.demo.seeder import ENTRIES, SECTORS, DemoSeeder, publish
from portal.geo.models import Commune, Territory
from resources.choices import CommuneShare
from resources.models import (
    ClsmPage,
    CmpPage,
    GemPage,
    ResourcePage,
    ResourceType,
    Sector,
    SectorCommune,
)

# Facts that are written in the files as the model holds them.
_PLAIN = {
    "title", "summary", "acronym", "operator", "address_street", "address_extra", "postcode",
    "lat", "lon", "phone", "email", "website", "opening_hours", "hours_note", "publics",
    "age_min", "age_max", "cost", "cost_details", "access_modes", "first_contact",
    "covers_department", "is_emergency", "is_example", "source", "source_date", "finess",
}  # fmt: skip
_GEM = {"members_association", "sponsor", "manager", "is_self_managed", "membership", "activities"}
_CLSM = {"presidency", "coordinator_email", "working_groups"}
_LINKS = {"key", "type", "commune", "coverage_communes", "parent"}
_LINES = {"activities", "working_groups"}  # one a line in the model, a list in the files

_PAGES: dict[str, tuple[type[ResourcePage], set[str], set[str]]] = {
    # For each type: page, its own plain facts, its own links.
    "GEM": (GemPage, _GEM, set()),
    "CLSM": (ClsmPage, _CLSM, {"territory"}),
    "CMP": (CmpPage, {"audience"}, {"hospital", "sectors"}),
    "CMPEA": (CmpPage, {"audience"}, {"hospital", "sectors"}),
}
_PARTIAL_NOTE = "%s : selon votre rue, demandez."


def build_directory(seeder: DemoSeeder) -> None:
    """Hospitals first: sectors point to them, and CMPs to sectors."""
    hospitals = CONTENT / "resources" / "hopitaux.yaml"
    others = sorted(path for path in hospitals.parent.glob("*.yaml") if path != hospitals)
    _build_entries(seeder, hospitals)
    _build_sectors(seeder)
    for path in others:
        _build_entries(seeder, path)
    build_places(seeder)


def _build_entries(seeder: DemoSeeder, path: Path) -> None:
    directory = seeder.get("page:annuaire")
    for entry in read_entries(path):
        model, plain, links = _PAGES.get(entry.get("type", ""), (ResourcePage, set(), set()))
        required = {"key", "type", "title", "summary", "source", "source_date", "commune"}
        entry.expect(required, _PLAIN | _LINKS | plain | links)
        key = f"resource:{entry['key']}"
        page = seeder.page(
            ENTRIES,
            key,
            directory,
            partial(_entry_page, seeder, model, plain, entry),
            entry,
        )
        if key in seeder.fresh:
            _link(seeder, page, entry)
            publish(page)


def _entry_page(
    seeder: DemoSeeder, model: type[ResourcePage], plain: set[str], entry: ContentEntry
) -> ResourcePage:
    facts = {name: _fact(name, entry[name]) for name in (_PLAIN | plain) & set(entry)}
    page = model(slug=entry["key"], type=_type(entry), **facts)
    page.commune = _commune(entry, entry["commune"])
    if parent := entry.get("parent"):
        page.parent_structure = seeder.needed(f"resource:{parent}", entry)
    if hospital := entry.get("hospital"):
        page.hospital = seeder.needed(f"resource:{hospital}", entry)
    if territory := entry.get("territory"):
        page.territory = Territory.objects.filter(name=territory).first()
    return page


def _fact(name: str, value: Any) -> Any:
    return "\n".join(value) if name in _LINES else value


def _link(seeder: DemoSeeder, page: ResourcePage, entry: ContentEntry) -> None:
    """What can only be said of a page that has been saved."""
    codes = entry.get("coverage_communes", [])
    page.coverage_communes = [_commune(entry, code) for code in codes]
    if isinstance(page, CmpPage):
        sectors = [seeder.needed(f"sector:{code}", entry) for code in entry.get("sectors", [])]
        page.sectors = [sector for sector in sectors if sector]


def _type(entry: ContentEntry) -> ResourceType:
    found = ResourceType.objects.with_code(entry["type"])
    if found is None:
        raise entry.error(f"type de lieu inconnu « {entry['type']} ».")
    return found


def _commune(entry: ContentEntry, code: str) -> Commune:
    try:
        return Commune.objects.get(code=code)
    except Commune.DoesNotExist:
        raise entry.error(f"commune inconnue « {code} » (code INSEE).") from None


def _build_sectors(seeder: DemoSeeder) -> None:
    rows: dict[str, list[ContentEntry]] = {}
    for row in read_csv(CONTENT / "sectors.csv"):
        row.expect(["sector", "name", "hospital", "commune", "part", "source", "source_date"])
        rows.setdefault(row["sector"], []).append(row)
    for code, group in rows.items():
        seeder.once(SECTORS, f"sector:{code}", partial(_sector, seeder, group), group[0])


def _sector(seeder: DemoSeeder, rows: list[ContentEntry]) -> Sector:
    first = rows[0]
    hospital = first["hospital"] and seeder.needed(f"resource:{first['hospital']}", first)
    sector = Sector(
        code=first["sector"],
        name=first["name"],
        hospital=hospital or None,
        source=first["source"],
        source_date=first["source_date"],
    )
    for row in rows:
        served = SectorCommune(commune=_commune(row, row["commune"]), part=row["part"])
        if served.part == CommuneShare.PARTIAL:
            served.note = _PARTIAL_NOTE % served.commune_name
        sector.sector_communes.add(served)
        if row["part"] not in CommuneShare.values:
            raise row.error(f"part inconnue « {row['part']} ».")
    sector.full_clean()
    sector.save()
    return sector
