"""Offers read many at once, with what hangs on them, in as many queries whatever their number."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Subquery

from resources.hsds.querysets import with_organization, with_owner
from resources.models import ResourcePage, Service
from resources.open_data.querysets import source_entries

#: Entry, and service or None.
Key = tuple[int, int | None]

_LISTS = ("phones", "closures", "notices", "services")
_AREAS = (
    "coverage_territories",
    "coverage_communes",
    "cmppage__sectors__sector_communes__commune",
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What HSDS calls a service: one of an entry's, or the entry itself."""

    entry: ResourcePage
    service: Service | None
    #: The entry that stands for the organization; None when ``operator`` names it.
    organization: ResourcePage | None

    @property
    def id(self) -> str:
        return str(self.service.uuid if self.service else self.entry.uuid)

    def own(self, name: str) -> Any:
        """What the service says itself, else what its place says for all of them."""
        said = getattr(self.service, name) if self.service else None
        return said if said not in (None, "", []) else getattr(self.entry, name)


def read_offers(keys: Iterable[Key], full: bool) -> list[Offer]:
    """The offers of these keys, in their order."""
    keys = list(keys)
    entries = _read_entries({entry for entry, _service in keys}, full)
    pages = read_organization_pages({one.organization_page for one in entries.values()})
    services = {one.pk: one for entry in entries.values() for one in entry.services.all()}
    return [
        Offer(entries[entry], services.get(service), pages.get(entries[entry].organization_page))
        for entry, service in keys
        # An entry may leave the directory between the two queries.
        if entry in entries and (service is None or service in services)
    ]


def read_organization_pages(wanted: set[int | None]) -> dict[int | None, ResourcePage]:
    """The entries that stand for organizations, each with ``owner_uuid``."""
    owners = ResourcePage.objects.filter(pk=OuterRef("owner_page")).order_by()
    pages = with_owner(source_entries().filter(pk__in=wanted - {None})).annotate(
        owner_uuid=Subquery(owners.values("uuid")[:1])
    )
    return {page.pk: page for page in pages.select_related("type", "commune", "locale")}


def _read_entries(wanted: set[int], full: bool) -> dict[int, Any]:
    entries = (
        with_organization(source_entries().filter(pk__in=wanted))
        .annotate(
            membership=F("gempage__membership"), clsm_territory=F("clsmpage__territory__name")
        )
        .select_related("type", "commune", "locale", "cmppage")
        .prefetch_related(*_LISTS, *(_AREAS if full else ()))
    )
    return {entry.pk: entry for entry in entries}
