"""Lookup of the psychiatric sectors of a place, and of the CMPs of a sector."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.utils.translation import gettext as _

from portal.geo.place import Place
from resources.choices import CommuneShare
from resources.models.cmp import CmpPage
from resources.models.resource import ResourcePage
from resources.models.sector import Sector, SectorCommune
from resources.querysets import ResourceQuerySet


@dataclass(frozen=True, slots=True)
class ServedSector:
    """A sector that serves the place, wholly or partly."""

    sector: Sector
    is_whole: bool
    notes: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """« Secteur 13G12, une partie de la commune. Au nord du boulevard. »"""
        words = {"sector": self.sector.code}
        said = (
            _("Secteur %(sector)s.") % words
            if self.is_whole
            else _("Secteur %(sector)s, une partie de la commune.") % words
        )
        return " ".join([said, *self.notes])

    @property
    def hospital(self) -> ResourcePage | None:
        hospital = self.sector.hospital
        return hospital if hospital and hospital.live else None


def get_served_sectors(place: Place) -> list[ServedSector]:
    """The sectors of a place, those that have it whole first; one query."""
    rows = SectorCommune.objects.filter(commune__in=place.codes).select_related("sector__hospital")
    found: dict[int, ServedSector] = {}
    for row in rows.order_by("sector__code", "sort_order"):
        known = found.get(row.sector_id, ServedSector(row.sector, False))
        notes = (*known.notes, row.note) if row.note else known.notes
        is_whole = known.is_whole or row.part == CommuneShare.ENTIRE
        found[row.sector_id] = ServedSector(row.sector, is_whole, notes)
    return sorted(found.values(), key=lambda one: not one.is_whole)


def cmps_by_sector(
    locale_id: int, sectors: Collection[Sector] | None = None
) -> dict[int, list[CmpPage]]:
    """The CMPs that readers may see, by the key of each sector; of all sectors when None.

    One query: a CMP of two sectors comes as two rows.
    """
    rows = cmps_in_language(locale_id).exclude(sectors=None)
    if sectors is not None:
        rows = rows.filter(sectors__in=sectors)
    found: dict[int, list[CmpPage]] = defaultdict(list)
    for row in rows.annotate(of_sector=F("sectors")).order_by("title"):
        found[row.of_sector].append(row)
    return {sector: unique_cmps(cmps, locale_id) for sector, cmps in found.items()}


def cmps_in_language(locale_id: int) -> ResourceQuerySet:
    """The CMPs that readers may see, in one language or in the source's."""
    languages = Q(locale=locale_id) | Q(locale__language_code=settings.LANGUAGE_CODE)
    return CmpPage.objects.listed().filter(languages, alias_of=None)


def unique_cmps(cmps: Iterable[CmpPage], locale_id: int) -> list[CmpPage]:
    """Each CMP once, in this language when it is translated."""
    kept: dict[Any, CmpPage] = {}
    for cmp in cmps:
        if cmp.translation_key not in kept or cmp.locale_id == locale_id:
            kept[cmp.translation_key] = cmp
    return list(kept.values())
