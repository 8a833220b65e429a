"""What a place offers, one by one: its services, or itself when it lists none; and to whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from resources.models import Service


@dataclass(frozen=True, slots=True)
class EntryOffer:
    """One service of an entry; without ``service``, the entry itself."""

    entry: Any
    service: Service | None

    @property
    def id(self) -> str:
        return str(self.service.uuid if self.service else self.entry.uuid)

    def own(self, name: str) -> Any:
        """What the service says of a field that both have, else what its entry says for all."""
        value = getattr(self.service, name) if self.service else None
        return value if value not in (None, "", []) else getattr(self.entry, name)


def offers_of(entries: Iterable[Any]) -> Iterator[EntryOffer]:
    for entry in entries:
        for service in entry.service_list or [None]:
            yield EntryOffer(entry, service)


def eligible_areas(entry: Any) -> list[str]:
    """INSEE codes of what an entry serves: the department, or its communes; none when unknown."""
    return [settings.PORTAL_DEPARTEMENT] if entry.covers_department else served_communes(entry)


def served_communes(entry: Any) -> list[str]:
    """INSEE codes of the communes that an entry says it serves: its own, then its sectors'."""
    codes = {commune.pk for commune in entry.coverage_communes.all()}
    for territory in entry.coverage_territories.all():
        codes.update(commune.pk for commune in territory.communes.all())
    cmp_page = getattr(entry, "cmppage", None)
    for sector in cmp_page.sectors.all() if cmp_page else ():
        codes.update(row.commune_id for row in sector.sector_communes.all())
    return sorted(codes)
