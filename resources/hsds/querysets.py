"""Which entries leave, what they offer and to whom they belong, said to the database."""

from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce

from resources.open_data.querysets import source_entries
from resources.querysets import ResourceQuerySet

#: What makes a place that can be told: the same as ``locations.location_of``.
LOCATED = Q(address_is_masked=False) & (
    Q(commune__isnull=False) | Q(lat__isnull=False) | ~Q(address_street="") | ~Q(postcode="")
)
_HOSPITAL = "cmppage__hospital"
#: What an offer is known by: its entry, and its service (None: the entry itself).
KEY = ("pk", "service_pk")


def with_owner(entries: ResourceQuerySet) -> ResourceQuerySet:
    """With ``owner_page``: the published entry that each is part of, such as its hospital."""
    return entries.annotate(owner_page=_first(_published("parent_structure", _HOSPITAL)))


def with_organization(entries: ResourceQuerySet) -> ResourceQuerySet:
    """With ``organization_page``: the entry that stands for the organization of each.

    It is None when ``operator`` names the organization.
    """
    return entries.annotate(
        organization_page=_first(
            [
                *_published("parent_structure", _HOSPITAL),
                When(operator="", then=F("pk")),
                When(pk__in=_above("parent_structure"), then=F("pk")),
                When(pk__in=_above(_HOSPITAL), then=F("pk")),
            ]
        )
    )


def offers() -> ResourceQuerySet:
    """One row for each service, and one for each entry that tells of none."""
    # The join to services keeps the entries that have none: their row has no service.
    rows = with_organization(source_entries()).annotate(
        service_pk=F("services__pk"),
        service_uuid=F("services__uuid"),
        service_publics=F("services__publics"),
        service_order=F("services__sort_order"),
        modified=Coalesce("last_published_at", "latest_revision_created_at"),
    )
    return rows.order_by("pk", "service_order", "service_pk")


def with_id(rows: ResourceQuerySet, identifier: Any) -> ResourceQuerySet:
    """The offer of this identifier: a service's own, or the entry's when it has none."""
    return rows.filter(Q(service_uuid=identifier) | Q(service_pk=None, uuid=identifier))


def keys(rows: ResourceQuerySet) -> QuerySet:
    return rows.values_list(*KEY)


def _published(*paths: str) -> list[When]:
    """The entries at the end of these paths, when anybody may read them."""
    return [
        When(Exists(source_entries().filter(pk=OuterRef(path))), then=F(path)) for path in paths
    ]


def _above(path: str) -> QuerySet:
    """Those that others are part of: read once, where asking of each would read all others."""
    return source_entries().exclude(**{path: None}).order_by().values(path)


def _first(cases: list[When]) -> Case:
    return Case(*cases, output_field=IntegerField())
