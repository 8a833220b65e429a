"""An entry as schema.org tells it to search engines; a masked address stays unsaid."""

from typing import Any

from resources.vocabulary import Cost, SchemaType

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def place_data(entry: Any) -> dict[str, Any]:
    """The schema.org object of a directory entry; facts that are not known are left out."""
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
        "address": _address(entry),
        "geo": _point(entry),
        "openingHoursSpecification": _hours(entry),
        "isAccessibleForFree": True if entry.cost == Cost.FREE else None,
        "areaServed": entry.territory_names,
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
    return {name: fact for name, fact in facts.items() if fact not in (None, "", [])}


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
        return []
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
