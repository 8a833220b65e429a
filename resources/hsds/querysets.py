"""Which entries leave, what they offer and to whom they belong, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from resources.models import ResourcePage
from resources.open_data.offers import EntryOffer
from resources.open_data.querysets import source_entries
from resources.querysets import ResourceQuerySet

#: An entry, and one of its services; None: the entry itself.
OfferKey = tuple[int, int | None]

#: What makes a place that can be told: the same as ``mapping.location_of``.
LOCATED = Q(address_is_masked=False) & (
    Q(commune__isnull=False) | Q(lat__isnull=False) | ~Q(address_street="") | ~Q(postcode="")
)
_HOSPITAL = "cmppage__hospital"
_LISTS = ("phones", "closures", "notices", "services")
_AREAS = (
    "coverage_territories",
    "coverage_communes",
    "cmppage__sectors__sector_communes__commune",
)


@dataclass(frozen=True, slots=True)
class HsdsOffer(EntryOffer):
    """What HSDS calls a service."""

    #: The entry that stands for the organization; None when ``operator`` names it.
    organization: ResourcePage | None


def with_organization(entries: ResourceQuerySet) -> ResourceQuerySet:
    """With ``organization_page``: the entry that stands for the organization of each.

    It is None when ``operator`` names the organization.
    """
    cases = [
        *_published("parent_structure", _HOSPITAL),
        When(operator="", then=F("pk")),
        When(pk__in=_above("parent_structure"), then=F("pk")),
        When(pk__in=_above(_HOSPITAL), then=F("pk")),
    ]
    return entries.annotate(organization_page=Case(*cases, output_field=IntegerField()))


def offers() -> ResourceQuerySet:
    """One row for each service, and one for each entry that has none."""
    # The join to services keeps the entries that have none: their row has no service.
    rows = with_organization(source_entries()).annotate(
        service_pk=F("services__pk"),
        service_uuid=F("services__uuid"),
        service_publics=F("services__publics"),
        service_order=F("services__sort_order"),
        modified=Coalesce("last_published_at", "latest_revision_created_at"),
    )
    return rows.order_by("pk", "service_order", "service_pk")


def with_id(identifier: Any) -> ResourceQuerySet:
    """The offer of this identifier: a service's own, or the entry's when it has none."""
    return offers().filter(Q(service_uuid=identifier) | Q(service_pk=None, uuid=identifier))


def keys(rows: ResourceQuerySet) -> QuerySet:
    return rows.values_list("pk", "service_pk")


def read_offers(found: Iterable[OfferKey], full: bool) -> list[HsdsOffer]:
    """The offers of these keys, in their order."""
    found = list(found)
    entries = _read_entries({entry for entry, _service in found}, full)
    pages = read_organization_pages({one.organization_page for one in entries.values()})
    services = {one.pk: one for entry in entries.values() for one in entry.services.all()}
    return [
        HsdsOffer(
            entries[entry], services.get(service), pages.get(entries[entry].organization_page)
        )
        for entry, service in found
        # An entry may leave the directory between the two queries.
        if entry in entries and (service is None or service in services)
    ]


def read_organization_pages(wanted: set[int | None]) -> dict[int | None, ResourcePage]:
    """The entries that stand for organizations; ``owner_uuid``: of the published one above each."""
    owners = ResourcePage.objects.filter(pk=OuterRef("owner_page")).order_by()
    above = Case(*_published("parent_structure", _HOSPITAL), output_field=IntegerField())
    pages = (
        source_entries()
        .filter(pk__in=wanted - {None})
        .annotate(owner_page=above)
        .annotate(owner_uuid=Subquery(owners.values("uuid")[:1]))
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


def _published(*paths: str) -> list[When]:
    """The entries at the end of these paths, when anybody may read them."""
    return [
        When(Exists(source_entries().filter(pk=OuterRef(path))), then=F(path)) for path in paths
    ]


def _above(path: str) -> QuerySet:
    """Those that others are part of: read once, where asking of each would read all others."""
    return source_entries().exclude(**{path: None}).order_by().values(path)
