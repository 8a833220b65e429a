"""JSON-LD of an entry in schema.org terms; a masked address is left out."""

from typing import Any

from django.utils import timezone

from resources.choices import CostType, EntryStatus, SchemaType, SpokenLanguage
from resources.opening_hours.opening_times import OpeningTimes

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: « From midnight to midnight » is how schema.org says closed.
_HOLIDAYS = {
    "@type": "OpeningHoursSpecification",
    "dayOfWeek": "https://schema.org/PublicHolidays",
    "opens": "00:00",
    "closes": "00:00",
}
#: Those that are a place by themselves; an association has one.
PLACES = {SchemaType.MEDICAL_CLINIC, SchemaType.HOSPITAL, SchemaType.GOVERNMENT_OFFICE}


def place_data(entry: Any) -> dict[str, Any]:
    """The schema.org object of a directory entry; facts that are not known are left out."""
    where = _without_empty(_place_facts(entry))
    is_place = entry.type.schema_type in PLACES
    facts = {
        "@context": "https://schema.org",
        "@type": entry.type.schema_type,
        "@id": f"{entry.full_url}#lieu",
        "name": entry.title,
        "description": entry.summary,
        "url": entry.full_url,
        "sameAs": entry.website,
        "telephone": entry.phone,
        "email": entry.email,
        "contactPoint": [
            {"@type": "ContactPoint", "contactType": phone.label, "telephone": phone.number}
            for phone in entry.phone_list
        ],
        "address": _address(entry),
        "areaServed": entry.territory_names,
        "knowsLanguage": [
            code for code in entry.spoken_languages if code != SpokenLanguage.INTERPRETE
        ],
        "medicalSpecialty": (
            "https://schema.org/Psychiatric"
            if entry.type.schema_type == SchemaType.MEDICAL_CLINIC
            else None
        ),
        "makesOffer": [
            {"@type": "Offer", "itemOffered": _service(service, entry)}
            for service in entry.service_list
        ],
        "audience": [
            {"@type": "Audience", "audienceType": label}
            for label in entry._meta.get_field("publics").labels(entry.publics)
        ],
    }
    if is_place:
        facts |= where
    elif where:
        facts["location"] = {"@type": "Place", "name": entry.title, **where}
    return _without_empty(facts)


def _without_empty(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if fact not in (None, "", [])}


def _place_facts(entry: Any) -> dict[str, Any]:
    """What schema.org says of places alone."""
    return {
        "geo": _point(entry),
        "openingHoursSpecification": _usual_hours(entry.opening_times, entry),
        "specialOpeningHoursSpecification": _closures(entry),
        "isAccessibleForFree": True if entry.cost == CostType.FREE else None,
    }


def _address(entry: Any) -> dict[str, str] | None:
    if not entry.public_address:
        return None
    address = {
        "@type": "PostalAddress",
        "streetAddress": entry.address_street,
        "postalCode": entry.postcode,
        "addressLocality": entry.town_name,
        "addressCountry": "FR",
    }
    return {name: part for name, part in address.items() if part}


def _point(entry: Any) -> dict[str, Any] | None:
    if entry.public_point is None:
        return None
    lat, lon = entry.public_point
    return {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}


def _service(service: Any, entry: Any) -> dict[str, Any]:
    """What differs from its place: its own number and hours."""
    number = {"@type": "ContactPoint", "telephone": service.phone}
    return _without_empty(
        {
            "@type": "Service",
            "name": service.name,
            "description": service.summary,
            "audience": [
                {"@type": "Audience", "audienceType": label}
                for label in service._meta.get_field("publics").labels(service.publics)
            ],
            "availableChannel": (
                {"@type": "ServiceChannel", "servicePhone": number} if service.phone else None
            ),
            "hoursAvailable": _usual_hours(service.opening_times, entry),
        }
    )


def _usual_hours(times: OpeningTimes, entry: Any) -> list[dict[str, str]]:
    """A usual week; nothing of a place that has closed, were it for a time."""
    if entry.status != EntryStatus.OPEN:
        return []
    if not times.is_weekly:
        words = " ".join(times.sentences())
        return [{"@type": "OpeningHoursSpecification", "description": words}] if words else []
    week = [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{DAYS[rank]}",
            "opens": f"{opens:%H:%M}",
            "closes": "23:59" if (opens, closes) == (opens.min, opens.min) else f"{closes:%H:%M}",
        }
        for rank, ranges in times.weekly_ranges().items()
        for opens, closes in ranges
    ]
    return [*week, *([_HOLIDAYS] if times.closes_on_holidays else [])]


def _closures(entry: Any) -> list[dict[str, str]]:
    """The days of closure to come: « from midnight to midnight » is how one says closed."""
    today = timezone.localdate()
    said = []
    for closure in entry.closure_list:
        if closure.until and closure.until < today:
            continue
        closed = {
            "@type": "OpeningHoursSpecification",
            "opens": "00:00",
            "closes": "00:00",
            "validFrom": closure.since.isoformat(),
        }
        if closure.until:
            closed["validThrough"] = closure.until.isoformat()
        said.append(closed)
    return said
