"""What each list of the API holds, and how its objects are written."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext as _

from portal.geo.names import plain
from resources.hsds import mapping
from resources.hsds.filters import filtered_offers, operator_id, operators
from resources.hsds.identifiers import hsds_object
from resources.hsds.pagination import ObjectList
from resources.hsds.querysets import (
    LOCATED,
    HsdsOffer,
    keys,
    offers,
    read_offers,
    read_organization_pages,
)
from resources.hsds.service_properties import instant
from resources.hsds.taxonomies import taxonomies, term_data, terms
from resources.querysets import ResourceQuerySet

#: An organization before it is read: an entry, or the first of a name's spellings.
OrganizationKey = int | str


def services(asked: dict[str, Any]) -> ObjectList:
    rows = filtered_offers(asked)
    if asked.get("minimal"):
        return ObjectList(rows.values_list("uuid", "service_uuid", "modified"), _minimal)
    return service_list(rows, bool(asked.get("full")))


def service_list(rows: ResourceQuerySet, full: bool) -> ObjectList:
    return ObjectList(
        keys(rows), lambda found: [_service(one, full) for one in read_offers(found, full)]
    )


def services_at_locations(asked: dict[str, Any]) -> ObjectList:
    return at_location_list(filtered_offers(asked), bool(asked.get("full")))


def at_location_list(rows: ResourceQuerySet, full: bool) -> ObjectList:
    """Those whose place can be told: no masked place has a location."""
    return ObjectList(
        keys(rows.filter(LOCATED)),
        lambda found: [_at_location(one, full) for one in read_offers(found, full)],
    )


def organizations(asked: dict[str, Any]) -> ObjectList:
    """Those of the offers that answer: first the entries, then the names."""
    rows = filtered_offers(asked).order_by()
    pages = rows.filter(organization_page__isnull=False).values_list("organization_page", flat=True)
    names = rows.filter(organization_page=None).values_list("operator", flat=True)
    by_id = {operator_id(name): name for name in sorted(names.distinct(), reverse=True)}
    return organization_list(
        [*sorted(set(pages)), *sorted(by_id.values(), key=plain)],
        full=bool(asked.get("full") or asked.get("full_service")),
        full_service=bool(asked.get("full_service")),
    )


def organization_list(
    found: Sequence[OrganizationKey], full: bool, full_service: bool
) -> ObjectList:
    return ObjectList(found, lambda some: _organizations(some, full, full_service))


def all_taxonomies(asked: dict[str, Any]) -> ObjectList:
    return ObjectList(_with_words(taxonomies(), asked), list)


def all_terms(asked: dict[str, Any]) -> ObjectList:
    found = [term_data(term) for term in terms()]
    for name in ("taxonomy_id", "parent_id"):
        if asked.get(name):
            found = [term for term in found if term.get(name) == str(asked[name])]
    if asked.get("top_only"):
        found = [term for term in found if "parent_id" not in term]
    return ObjectList(_with_words(found, asked), list)


def _with_words(items: list[dict[str, Any]], asked: dict[str, Any]) -> list[dict[str, Any]]:
    words = plain(asked.get("search") or "").split()
    texts = ((item, plain(f"{item['name']} {item['description']}")) for item in items)
    return [item for item, text in texts if all(word in text for word in words)]


def _minimal(found: Sequence[Any]) -> list[dict[str, Any]]:
    """What tells that a service is there, and whether it has changed.

    The date has two names: that of the schema, and that of the text of the parameter.
    """
    moments = ((str(service or entry), instant(moment)) for entry, service, moment in found)
    return [
        hsds_object(id=one, last_modified=moment, modified_date=moment) for one, moment in moments
    ]


def _service_alone(offer: HsdsOffer, full: bool) -> dict[str, Any]:
    parts = mapping.SERVICE_PARTS if full else {}
    return mapping.to_hsds({**mapping.SERVICE, **parts}, offer)


def _service(offer: HsdsOffer, full: bool) -> dict[str, Any]:
    page = offer.organization
    organization = (
        mapping.to_hsds(mapping.ORGANIZATION, page) if page else _operator(offer.entry.operator)
    )
    return _service_alone(offer, full) | {"organization": organization}


def _at_location(offer: HsdsOffer, full: bool) -> dict[str, Any]:
    service = _service(offer, full)
    service.pop("service_at_locations", None)  # it is inside the only one
    return mapping.at_location(offer, full) | {"service": service}


def _operator(name: str) -> dict[str, Any]:
    """A body that has no entry of its own: all that is known is its name."""
    description = _("Gère des lieux ou des services de l’annuaire.")
    return {"id": operator_id(name), "name": name, "description": description}


def _organizations(
    found: Sequence[OrganizationKey], full: bool, full_service: bool
) -> list[dict[str, Any]]:
    pages = read_organization_pages({page for page in found if isinstance(page, int)})
    if full:
        prefetch_related_objects(list(pages.values()), "phones")
    offered = _offered(found, full_service) if full else {}
    written = []
    for one in found:
        page = pages.get(one) if isinstance(one, int) else None
        if isinstance(one, int) and page is None:
            continue  # it has left the directory between the two queries
        basic = mapping.to_hsds(mapping.ORGANIZATION, page) if page else _operator(str(one))
        if full:
            basic |= mapping.to_hsds(mapping.ORGANIZATION_PARTS, page) if page else {}
            basic |= _offer_parts(offered.get(basic["id"], []), full_service)
        written.append(basic)
    return written


def _offer_parts(offered: list[HsdsOffer], full_service: bool) -> dict[str, Any]:
    """The places and services of an organization, each once."""
    entries = {offer.entry.pk: offer.entry for offer in offered}
    locations = (mapping.location_of(entry, full=True) for entry in entries.values())
    return {
        "locations": [location for location in locations if location],
        "services": [_service_alone(offer, full_service) for offer in offered],
    }


def _offered(found: Sequence[OrganizationKey], full_service: bool) -> dict[str, list[HsdsOffer]]:
    """What these organizations offer, by identifier."""
    names = {operator_id(one) for one in found if isinstance(one, str)}
    spellings = [name for one, written in operators().items() if one in names for name in written]
    rows = offers().filter(
        Q(organization_page__in=[one for one in found if isinstance(one, int)])
        | Q(organization_page=None, operator__in=spellings)
    )
    offered: dict[str, list[HsdsOffer]] = {}
    for offer in read_offers(keys(rows), full_service):
        page = offer.organization
        identifier = str(page.uuid) if page else operator_id(offer.entry.operator)
        offered.setdefault(identifier, []).append(offer)
    return offered
