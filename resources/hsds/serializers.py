"""What each list of the API holds, and how its objects are written."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, prefetch_related_objects

from portal.geo.names import plain
from resources.hsds.filters import narrowed, operators
from resources.hsds.organizations import (
    locations_of,
    operator_data,
    operator_id,
    organization_id,
    page_data,
    page_parts,
)
from resources.hsds.pagination import Found
from resources.hsds.prefetch import Offer, read_offers, read_organization_pages
from resources.hsds.querysets import LOCATED, keys, offers
from resources.hsds.services import (
    at_location_data,
    minimal_data,
    service_alone,
    service_data,
)
from resources.hsds.taxonomies import taxonomies, term_data, terms
from resources.querysets import ResourceQuerySet

#: An organization before it is read: an entry, or the first of a name's spellings.
Organization = int | str


def services(asked: dict[str, Any]) -> Found:
    rows = narrowed(offers(), asked)
    if asked.get("minimal"):
        facts = rows.values_list("uuid", "service_uuid", "modified")
        return Found(facts, _write_minimal)
    return offers_found(rows, bool(asked.get("full")))


def offers_found(rows: ResourceQuerySet, full: bool) -> Found:
    return Found(
        keys(rows), lambda found: [service_data(one, full) for one in read_offers(found, full)]
    )


def services_at_locations(asked: dict[str, Any]) -> Found:
    return at_locations_found(narrowed(offers(), asked), bool(asked.get("full")))


def at_locations_found(rows: ResourceQuerySet, full: bool) -> Found:
    """Those whose place can be told: no masked place has a location."""
    return Found(
        keys(rows.filter(LOCATED)),
        lambda found: [at_location_data(one, full) for one in read_offers(found, full)],
    )


def organizations(asked: dict[str, Any]) -> Found:
    """Those of the offers that answer: first the entries, then the names."""
    rows = narrowed(offers(), asked).order_by()
    pages = rows.filter(organization_page__isnull=False).values_list("organization_page", flat=True)
    names = rows.filter(organization_page=None).values_list("operator", flat=True)
    by_id = {operator_id(name): name for name in sorted(names.distinct(), reverse=True)}
    return organizations_found(
        [*sorted(set(pages)), *sorted(by_id.values(), key=plain)],
        full=bool(asked.get("full") or asked.get("full_service")),
        full_service=bool(asked.get("full_service")),
    )


def organizations_found(found: Sequence[Organization], full: bool, full_service: bool) -> Found:
    return Found(found, lambda some: _write_organizations(some, full, full_service))


def all_taxonomies(asked: dict[str, Any]) -> Found:
    return Found(_named(taxonomies(), asked), list)


def all_terms(asked: dict[str, Any]) -> Found:
    found = [term_data(term) for term in terms()]
    for name in ("taxonomy_id", "parent_id"):
        if asked.get(name):
            found = [term for term in found if term.get(name) == str(asked[name])]
    if asked.get("top_only"):
        found = [term for term in found if "parent_id" not in term]
    return Found(_named(found, asked), list)


def _named(items: list[dict[str, Any]], asked: dict[str, Any]) -> list[dict[str, Any]]:
    words = plain(asked.get("search") or "").split()
    return [
        item
        for item in items
        if all(word in plain(f"{item['name']} {item['description']}") for word in words)
    ]


def _write_minimal(found: Iterable[Any]) -> list[dict[str, Any]]:
    return [minimal_data(str(service or entry), modified) for entry, service, modified in found]


def _write_organizations(
    found: Sequence[Organization], full: bool, full_service: bool
) -> list[dict[str, Any]]:
    wanted: set[int | None] = {page for page in found if isinstance(page, int)}
    pages = read_organization_pages(wanted)
    if full:
        prefetch_related_objects(list(pages.values()), "phones")
    offered = _offered(found, full_service) if full else {}
    written = []
    for one in found:
        page = pages.get(one) if isinstance(one, int) else None
        if isinstance(one, int) and page is None:
            continue  # it has left the directory between the two queries
        basic = page_data(page) if page else operator_data(str(one))
        parts = _parts(page, offered.get(basic["id"], []), full_service) if full else {}
        written.append(basic | parts)
    return written


def _parts(page: Any, offered: list[Offer], full_service: bool) -> dict[str, Any]:
    return {
        **(page_parts(page) if page else {}),
        "locations": locations_of(offered),
        "services": [service_alone(offer, full_service) for offer in offered],
    }


def _offered(found: Sequence[Organization], full_service: bool) -> dict[str, list[Offer]]:
    """What these organizations offer, by identifier."""
    names = {operator_id(one) for one in found if isinstance(one, str)}
    spellings = [name for one, written in operators().items() if one in names for name in written]
    rows = offers().filter(
        Q(organization_page__in=[one for one in found if isinstance(one, int)])
        | Q(organization_page=None, operator__in=spellings)
    )
    offered: dict[str, list[Offer]] = {}
    for offer in read_offers(keys(rows), full_service):
        offered.setdefault(organization_id(offer), []).append(offer)
    return offered
