"""What a list of doors needs of each entry, read for whole types at once and cached."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import Q

from portal.cache.cached import get_or_set
from portal.geo.service_area import ServiceArea
from resources.models import ResourcePage
from resources.service_areas.answers import Reception, reception_of
from resources.service_areas.reading import read_service_areas


@dataclass(frozen=True, slots=True)
class DoorFacts:
    """An entry as a door: no fact of a masked address.

    ``point`` is where a map shows it; ``hospital`` the key of the entry that a CMP belongs to,
    0 when it is not said.
    """

    pk: int
    title: str
    url: str
    phone: str
    kind: str
    type_name: str = ""
    summary: str = ""
    point: tuple[float, float] | None = None
    hospital: int = 0
    is_emergency: bool = False
    reception: Reception = field(default_factory=Reception)
    uuid: UUID = field(default_factory=uuid4)

    @property
    def key(self) -> str:
        return f"page:{self.pk}"


def door_facts(locale_id: int, types: Iterable[str]) -> dict[str, tuple[DoorFacts, ...]]:
    """The doors of these type codes that readers find, by type; an example is no door."""
    codes = tuple(sorted(set(types)))
    return get_or_set(f"doors:{locale_id}:{'-'.join(codes)}", lambda: _read(locale_id, codes))


def _read(locale_id: int, codes: tuple[str, ...]) -> dict[str, tuple[DoorFacts, ...]]:
    """Three queries; where an entry is translated, its translation stands for it."""
    languages = Q(locale=locale_id) | Q(locale__language_code=settings.LANGUAGE_CODE)
    listed = ResourcePage.objects.listed().filter(languages, alias_of=None, is_example=False)
    entries = listed.filter(type__code__in=codes).select_related("type", "commune", "cmppage")
    kept: dict[Any, ResourcePage] = {}
    for entry in entries.defer_streamfields().order_by("title"):
        if entry.translation_key not in kept or entry.locale_id == locale_id:
            kept[entry.translation_key] = entry
    areas = read_service_areas(kept.values())
    found: dict[str, list[DoorFacts]] = {code: [] for code in codes}
    for entry in kept.values():
        found[entry.type.code].append(_facts(entry, areas[entry.pk]))
    return {code: tuple(doors) for code, doors in found.items()}


def _facts(entry: Any, area: ServiceArea) -> DoorFacts:
    cmp_page = getattr(entry, "cmppage", None)
    hospital = cmp_page.hospital_id if cmp_page else None
    return DoorFacts(
        pk=entry.pk,
        title=entry.title,
        url=entry.url or "",
        phone=entry.phone,
        kind=entry.type.code,
        type_name=entry.type.name,
        summary=entry.summary,
        point=entry.map_point,
        hospital=hospital or entry.parent_structure_id or 0,
        is_emergency=entry.is_emergency,
        reception=reception_of(entry, area),
        uuid=entry.uuid,
    )
