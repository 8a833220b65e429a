"""JSON-LD of an event (schema.org)."""

from typing import Any

from django.utils import timezone


def describe_event(page: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": page.title,
        "startDate": _moment(page, page.start),
        "eventStatus": "https://schema.org/"
        + ("EventCancelled" if page.is_cancelled else "EventScheduled"),
        "eventAttendanceMode": f"https://schema.org/{_attendance(page)}EventAttendanceMode",
        "location": _locations(page),
        "url": page.full_url,
    }
    if page.summary:
        data["description"] = page.summary
    if page.end:
        data["endDate"] = _moment(page, page.end)
    if page.organiser_name:
        data["organizer"] = {"@type": "Organization", "name": page.organiser_name}
    return data


def _moment(page: Any, moment: Any) -> str:
    local = timezone.localtime(moment)
    return local.date().isoformat() if page.all_day else local.isoformat()


def _attendance(page: Any) -> str:
    if page.online_url:
        return "Mixed" if page.is_on_site else "Online"
    return "Offline"


def _locations(page: Any) -> list[dict[str, Any]]:
    places: list[dict[str, Any]] = []
    if page.is_on_site:
        address: dict[str, str] = {"@type": "PostalAddress", "addressCountry": "FR"}
        if page.commune:
            address["addressLocality"] = page.commune.name
        places.append({"@type": "Place", "name": page.where, "address": address})
    if page.online_url:
        places.append({"@type": "VirtualLocation", "url": page.online_url})
    return places
