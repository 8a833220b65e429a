"""Who offers: the entry that a place belongs to, the body that runs it, or the place itself."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from portal.geo.names import plain
from resources.hsds.identifiers import derived, known
from resources.hsds.locations import location_of
from resources.hsds.phones import phones_of_organization
from resources.hsds.prefetch import Offer
from resources.hsds.taxonomies import attributes, type_term
from resources.models import ResourcePage


def organization_of(offer: Offer) -> dict[str, Any]:
    if offer.organization is None:
        return operator_data(offer.entry.operator)
    return page_data(offer.organization)


def organization_id(offer: Offer) -> str:
    page = offer.organization
    return operator_id(offer.entry.operator) if page is None else str(page.uuid)


def page_data(page: ResourcePage) -> dict[str, Any]:
    """An entry as an organization; it was read by ``read_organization_pages``."""
    owner = getattr(page, "owner_uuid", None)
    return known(
        id=str(page.uuid),
        name=page.title,
        alternate_name=page.acronym,
        description=page.summary or page.type.full_name or page.type.name,
        email=page.email,
        website=page.website,
        uri=page.full_url,
        parent_organization_id=str(owner) if owner else "",
    )


def page_parts(page: ResourcePage) -> dict[str, Any]:
    """What hangs on an entry that is an organization; nothing does on a mere name."""
    identifier = str(page.uuid)
    run_by = {
        "id": derived("attribute", "organization", identifier, "operator"),
        "link_id": identifier,
        "link_entity": "organization",
        "label": _("Géré par"),
        "value": page.operator,
    }
    return known(
        phones=phones_of_organization(identifier, page),
        organization_identifiers=_identifiers(page),
        attributes=[
            *attributes(identifier, "organization", [type_term(page.type)]),
            *([run_by] if page.operator else []),
        ],
    )


def _identifiers(page: ResourcePage) -> list[dict[str, Any]]:
    """Its numbers; none of a masked place, as public registers give their addresses."""
    if page.address_is_masked:
        return []
    identifier = str(page.uuid)
    return [
        {
            "id": derived("organization_identifier", identifier, name),
            "organization_id": identifier,
            "identifier_type": name,
            "identifier": number,
        }
        for name, number in (("SIRET", page.siret), ("FINESS", page.finess))
        if number
    ]


def locations_of(offers: Iterable[Offer]) -> list[dict[str, Any]]:
    """The places of what an organization offers, each once."""
    entries = {offer.entry.pk: offer.entry for offer in offers}
    found = (location_of(entry, full=True) for entry in entries.values())
    return [location for location in found if location]


def operator_data(name: str) -> dict[str, Any]:
    """A body that has no entry of its own: all that is known is its name."""
    return {
        "id": operator_id(name),
        "name": name,
        "description": _("Gère des lieux ou des services de l’annuaire."),
    }


def operator_id(name: str) -> str:
    """The same for all the ways to write a name: « AP-HM », « Ap-hm »."""
    return derived("organization", plain(name))
