"""Public entries reduced to what the report counts; a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from resources.choices import EntryFreshness, EntryStatus, MaskedPlace
from resources.models import (
    ClsmPage,
    CmpPage,
    Referent,
    ResourcePage,
    ResourcePhone,
    ResourceType,
    SectorCommune,
)
from resources.referents.completeness import completeness
from resources.territory_report.territory import Point, TerritoryGeography


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One entry. ``codes``: the communes where it may be said to be; ``covers``: those it serves.

    ``point`` is where distances begin: None when nothing may be said of where it is.
    ``is_everywhere``: a line, or a service of the whole department, that is near nobody.
    """

    kind: int
    codes: frozenset[str]
    covers: frozenset[str]
    point: Point | None
    is_fresh: bool
    verified_on: date | None
    has_referent: bool
    has_contact: bool
    is_complete: bool
    #: Territories that a masked entry names instead of its commune.
    areas: frozenset[int] = field(default_factory=frozenset)
    is_everywhere: bool = False


def read_entries(ground: TerritoryGeography) -> list[ReportEntry]:
    """The published entries in the language that is written first, examples and closed ones out."""
    entries = (
        ResourcePage.objects.exportable()
        .in_source_language()
        .exclude(status=EntryStatus.CLOSED)
        .defer("description")
    )
    lists = _RelatedRows(ground)
    return [lists.place(entry) for entry in entries]


#: Types that nobody has to go to.
BY_PHONE = ("LIGNE_ECOUTE",)


class _RelatedRows:
    """What several rows say of an entry, by its key."""

    def __init__(self, ground: TerritoryGeography) -> None:
        self.ground = ground
        active = Referent.objects.active().exclude(entries=None)
        self.with_referent = set(active.values_list("entries", flat=True))
        self.with_phones = set(ResourcePhone.objects.values_list("resource", flat=True))
        communes = ResourcePage.coverage_communes.through.objects
        self.communes = _grouped(communes.values_list("resourcepage", "commune"))
        territories = ResourcePage.coverage_territories.through.objects
        self.areas = _grouped(territories.values_list("resourcepage", "territory"))
        councils = ClsmPage.objects.exclude(territory=None).values_list("pk", "territory")
        for pk, area in councils:
            self.areas.setdefault(pk, set()).add(area)
        self._add_sectors()
        by_phone = ResourceType.objects.filter(code__in=BY_PHONE)
        self.by_phone = set(by_phone.values_list("pk", flat=True))

    def _add_sectors(self) -> None:
        """A CMP serves the communes of its sectors, wholly or partly."""
        sectors = _grouped(SectorCommune.objects.values_list("sector", "commune"))
        for pk, sector in CmpPage.sectors.through.objects.values_list("cmppage", "sector"):
            self.communes.setdefault(pk, set()).update(sectors.get(sector, ()))

    def place(self, entry: Any) -> ReportEntry:
        is_said = not entry.address_is_masked or entry.masked_place == MaskedPlace.COMMUNE
        code = entry.commune_id if is_said else None
        areas = frozenset(self.areas.get(entry.pk, ()))
        is_of_areas = entry.address_is_masked and entry.masked_place == MaskedPlace.TERRITORY
        return ReportEntry(
            kind=entry.type_id,
            codes=frozenset(self.ground.zones_of(code)),
            covers=self._covers(entry, areas),
            point=self._point(entry, code),
            is_fresh=entry.freshness == EntryFreshness.FRESH,
            verified_on=entry.verified_on,
            has_referent=entry.pk in self.with_referent,
            has_contact=bool(entry.phone or entry.email or entry.pk in self.with_phones),
            is_complete=completeness(entry).is_whole,
            areas=areas if is_of_areas else frozenset(),
            is_everywhere=self._is_everywhere(entry),
        )

    def _covers(self, entry: Any, areas: frozenset[int]) -> frozenset[str]:
        """A service of the whole department, or on the telephone, is near everyone it serves."""
        if self._is_everywhere(entry):
            return frozenset(self.ground.zones)
        found: set[str] = set()
        for code in self.communes.get(entry.pk, ()):
            found |= self.ground.zones_of(code)
        for area in areas:
            if area in self.ground.areas:
                found |= self.ground.areas[area].codes
        return frozenset(found)

    def _is_everywhere(self, entry: Any) -> bool:
        return bool(entry.covers_department or entry.type_id in self.by_phone)

    def _point(self, entry: Any, code: str | None) -> Point | None:
        if entry.public_point:
            return self.ground.at(*entry.public_point)
        return self.ground.points.get(code) if code else None


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, set[Any]]:
    found: dict[Any, set[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return found
