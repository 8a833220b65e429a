"""HSDS 3.1 as a mapping: each property of its objects, and the entry fields that fill it.

Field names are those of ``resources.entry_fields``. Services are read from an ``HsdsOffer``,
locations and organizations from an entry.
"""

from collections.abc import Mapping
from typing import Any

from resources.choices import SpokenLanguage
from resources.entry_fields import PropertySource, source
from resources.hsds import place_properties as place
from resources.hsds import service_properties as service
from resources.hsds.identifiers import hsds_object
from resources.open_data import fields

Properties = Mapping[str, PropertySource]

SERVICE: Properties = {
    "id": source("services.uuid uuid", lambda offer: offer.id),
    "name": source("services.name title", service.name),
    "alternate_name": source("title acronym", service.alternate_name),
    "description": source("services.summary summary description type", service.description),
    "url": source("website", lambda offer: offer.entry.website or offer.entry.full_url),
    "email": source("email", lambda offer: offer.entry.email),
    "status": source("status", lambda offer: service.STATUSES[offer.entry.status]),
    "interpretation_services": source(
        "spoken_languages",
        lambda offer: (
            str(SpokenLanguage.INTERPRETE.label)
            * (SpokenLanguage.INTERPRETE in offer.entry.spoken_languages)
        ),
    ),
    "application_process": source(
        "first_contact services.access_modes access_modes is_remote "
        "services.first_delay first_delay services.first_delay_declared_on first_delay_declared_on",
        service.application_process,
    ),
    "fees_description": source("services.cost cost cost_details membership", service.fees),
    "eligibility_description": source(
        "services.publics publics services.age_min services.age_max age_min age_max "
        "relatives_welcome",
        service.eligibility,
    ),
    "minimum_age": source("services.age_min age_min", lambda offer: service.ages(offer)[0]),
    "maximum_age": source("services.age_max age_max", lambda offer: service.ages(offer)[1]),
    "assured_date": source("verified_on", service.assured_date),
    "assurer_email": source("verified_on", service.assurer_email),
    "alert": source(
        "status closures.since closures.until closures.message notices.since notices.until "
        "notices.text",
        service.alert,
    ),
    "last_modified": source("", lambda offer: service.instant(service.last_modified(offer.entry))),
}
#: What hangs on a service that is asked for in full.
SERVICE_PARTS: Properties = {
    "phones": source("services.phone phone phones.number phones.label", service.phones),
    "schedules": source(
        "services.opening_hours opening_hours hours_note closures.since closures.until "
        "closures.message",
        service.service_schedules,
    ),
    "service_areas": source(
        "covers_department coverage_territories coverage_communes sectors territory",
        service.service_areas,
    ),
    "service_at_locations": source("", lambda offer: service_at_locations(offer)),
    "languages": source("spoken_languages accessibility", service.languages),
    "cost_options": source("services.cost cost cost_details", service.cost_options),
    "attributes": source("type services.publics publics", service.classification),
    "additional_urls": source("", service.portal_url),
}
LOCATION: Properties = {
    "id": source("uuid", place.location_id),
    "location_type": source("", lambda entry: "physical"),
    "name": source("title"),
    "alternate_name": source("acronym"),
    "description": source("address_street postcode commune", lambda entry: entry.public_place),
    "transportation": source("getting_there"),
    "latitude": source("lat"),
    "longitude": source("lon"),
    "external_identifier": source("finess siret", lambda entry: entry.finess or entry.siret),
    "external_identifier_type": source("finess siret", place.identifier_type),
}
LOCATION_PARTS: Properties = {
    "addresses": source("address_street address_extra postcode commune", place.addresses),
    "accessibility": source("accessibility acceslibre_url", place.accessibility),
}
ORGANIZATION: Properties = {
    "id": source("uuid", lambda entry: str(entry.uuid)),
    "name": source("title"),
    "alternate_name": source("acronym"),
    "description": source(
        "summary type", lambda entry: entry.summary or entry.type.full_name or entry.type.name
    ),
    "email": source("email"),
    "website": source("website"),
    "uri": source("", lambda entry: entry.full_url),
    "parent_organization_id": source(
        "parent_structure hospital", lambda entry: str(entry.owner_uuid or "")
    ),
}
ORGANIZATION_PARTS: Properties = {
    "phones": source("phone phones.number phones.label", place.organization_phones),
    "organization_identifiers": source("siret finess", place.organization_identifiers),
    "attributes": source("type operator", place.organization_attributes),
}
ALL = (SERVICE, SERVICE_PARTS, LOCATION, LOCATION_PARTS, ORGANIZATION, ORGANIZATION_PARTS)

#: The fields of an entry that HSDS has no property for, or that are left to their page.
LEFT_OUT = {
    **{
        name: why
        for name, why in fields.LEFT_OUT.items()
        if name not in ("description", "hospital", "membership", "notices", "territory")
    },
    "address_is_masked": "a masked place has no location at all",
    **dict.fromkeys(
        (
            "source", "source_date", "verified_by_role", "verification_frequency",
            "is_emergency", "is_ptsm_partner", "content_updated_on",
        ),
        "the standard has no property for it",
    ),
}  # fmt: skip


def to_hsds(properties: Properties, subject: Any) -> dict[str, Any]:
    """An object of HSDS, without the properties that are not known."""
    return hsds_object(**{name: one.read(subject) for name, one in properties.items()})


def location_of(entry: Any, full: bool) -> dict[str, Any] | None:
    """The place of an entry; None when it is masked or unknown (``querysets.LOCATED``)."""
    if entry.address_is_masked or not (entry.public_place or entry.public_point):
        return None
    return to_hsds({**LOCATION, **(LOCATION_PARTS if full else {})}, entry)


def at_location(offer: service.HsdsOffer, full: bool) -> dict[str, Any]:
    """A service at its place; the two are known by the same identifier."""
    return hsds_object(
        id=offer.id,
        service_id=offer.id,
        location_id=place.location_id(offer.entry),
        location=location_of(offer.entry, full),
    )


def service_at_locations(offer: service.HsdsOffer) -> list[dict[str, Any]]:
    found = at_location(offer, full=True)
    return [found] if "location" in found else []
