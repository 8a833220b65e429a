"""What a place offers, one by one: its services, or the place itself when it lists none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

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
