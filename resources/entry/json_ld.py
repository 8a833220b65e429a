"""JSON-LD of an entry in schema.org terms; a masked address is left out."""

from typing import Any

from django.utils import timezone

from resources.choices import CostType, SchemaType, SpokenLanguage

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
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
        "openingHoursSpecification": _hours(entry),
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


def _hours(entry: Any) -> list[dict[str, str]]:
    times = entry.opening_times
    if not times.is_weekly:
        words = " ".join(times.sentences())
        return [{"@type": "OpeningHoursSpecification", "description": words}] if words else []
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{DAYS[rank]}",
            "opens": f"{opens:%H:%M}",
            "closes": "23:59" if (opens, closes) == (opens.min, opens.min) else f"{closes:%H:%M}",
        }
        for rank, ranges in times.weekly_ranges().items()
        for opens, closes in ranges
    ]


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
