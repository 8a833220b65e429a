"""Which entries leave, what they offer and to whom they belong, said to the database."""

from typing import Any

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from resources.open_data.entries import source_entries
from resources.querysets import ResourceQuerySet

#: What makes a place that can be told: the same as ``locations.location_of``.
LOCATED = Q(address_is_masked=False) & (
    Q(commune__isnull=False) | Q(lat__isnull=False) | ~Q(address_street="") | ~Q(postcode="")
)
#: What an offer is known by: its entry, its service (None: the entry), its organization.
KEY = ("pk", "service_pk", "organization_page")


def with_owner(entries: ResourceQuerySet) -> ResourceQuerySet:
    """With ``owner_page``: the published entry that each is part of, such as its hospital."""
    return entries.annotate(
        owner_page=Coalesce(
            _published("parent_structure"),
            _published("cmppage__hospital"),
            output_field=IntegerField(),
        )
    )


def offers() -> ResourceQuerySet:
    """One row for each service, and one for each entry that tells of none.

    ``organization_page`` is the entry that stands for the organization, or None when
    ``operator`` names it.
    """
    # Lists made once: asked anew for each entry, all the others would be read for it.
    above = source_entries().order_by()
    parents = above.filter(parent_structure__isnull=False).values("parent_structure")
    hospitals = above.filter(cmppage__hospital__isnull=False).values("cmppage__hospital")
    # The join to services keeps the entries that have none: their row has no service.
    rows = with_owner(source_entries()).annotate(
        service_pk=F("services__pk"),
        service_uuid=F("services__uuid"),
        service_publics=F("services__publics"),
        service_order=F("services__sort_order"),
        modified=Coalesce("last_published_at", "latest_revision_created_at"),
        organization_page=Case(
            When(owner_page__isnull=False, then=F("owner_page")),
            When(Q(operator="") | Q(pk__in=parents) | Q(pk__in=hospitals), then=F("pk")),
            output_field=IntegerField(),
        ),
    )
    return rows.order_by("pk", "service_order", "service_pk")


def with_id(rows: ResourceQuerySet, identifier: Any) -> ResourceQuerySet:
    """The offer of this identifier: a service's own, or the entry's when it has none."""
    return rows.filter(Q(service_uuid=identifier) | Q(service_pk=None, uuid=identifier))


def keys(rows: ResourceQuerySet) -> QuerySet:
    return rows.values_list(*KEY)


def _published(path: str) -> Subquery:
    return Subquery(source_entries().filter(pk=OuterRef(path)).order_by().values("pk")[:1])
