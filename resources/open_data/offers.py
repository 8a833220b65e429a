"""What a place offers, one by one: its services, or itself when it lists none; and to whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from resources.models import Service
from resources.querysets import AREA_PATHS


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


def covered_territories(entry: Any) -> list[str]:
    """The names of the territories that an entry says it covers, that of a CLSM among them."""
    council = getattr(entry, "clsmpage", None)
    own = [council.territory.name] if council and council.territory else []
    return list(dict.fromkeys([*entry.territory_names, *own]))


def served_communes(entry: Any) -> list[str]:
    """INSEE codes of the communes that an entry says it serves, wholly or in part.

    ``entry`` is a ``ResourcePage`` whose lists were read with it (``with_exported_rows``).
    """
    return sorted({code for path in AREA_PATHS for code in _codes(entry, path)})


def _codes(row: Any, path: str) -> Iterator[str]:
    """The keys at the end of a path of relations, by the rows that were read."""
    name, _, rest = path.partition("__")
    if not rest and hasattr(row, f"{name}_id"):
        yield getattr(row, f"{name}_id")
        return
    found: Any = getattr(row, name, None)
    for one in found.all() if hasattr(found, "all") else filter(None, [found]):
        if rest:
            yield from _codes(one, rest)
        else:
            yield one.pk
