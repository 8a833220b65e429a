"""Search document of an entry; nothing in it that its page masks."""

from typing import Any

from portal.geo.service_area import unconfirmed_codes
from resources.choices import (
    SECTORED_TYPES,
    AccessibilityFeature,
    AccessMode,
    CostType,
    EntryStatus,
    SpokenLanguage,
)
from resources.entry.received import groups_of, people_received
from resources.opening_hours.weekly_slots import weekly_slots
from search.contracts import SearchDocument

#: The fields of an entry that its document tells; its body is ``search_body`` of its page type.
FIELDS_READ = {
    "title", "type", "summary", "lat", "lon", "commune", "address_is_masked", "masked_place",
    "covers_department", "coverage_territories", "coverage_communes", "sectors", "audience",
    "publics", "age_min", "age_max", "cost", "access_modes", "accessibility", "is_remote",
    "spoken_languages", "phone", "relatives_welcome",
    "opening_hours", "status",
    "acronym", "operator", "first_contact", "first_visit", "description", "services.name",
    "services.summary", "activities", "working_groups", "achievements",
}  # fmt: skip
#: The others, and why.
LEFT_OUT = {
    **dict.fromkeys(
        (
            "uuid", "short_title", "listing_image", "listing_image_alt",
            "listing_image_is_decorative", "content_updated_on", "owner_role",
            "verification_frequency", "agrees_to_call", "seeks_referent", "source",
            "source_date", "verified_on", "verified_by_role",
        ),
        "it tells of the page, not of the place",
    ),
    **dict.fromkeys(
        (
            "email", "website", "phones", "finess", "siret", "address_street",
            "address_extra", "postcode", "getting_there", "acceslibre_url", "coordinator_email",
        ),
        "nobody looks for a place by it; the postcode is that of a commune",
    ),
    **dict.fromkeys(
        ("hours_note", "closures", "notices", "first_delay",
         "first_delay_declared_on"),
        "it changes with the day: the list reads it from the entry",
    ),
    **dict.fromkeys(("is_example",), "the list of what is found decides on it"),
    **dict.fromkeys(("is_emergency", "is_ptsm_partner"), "the page of the list reads it"),
    **dict.fromkeys(
        (
            "cost_details", "parent_structure", "hospital",
            "members_association", "sponsor", "manager", "is_self_managed", "membership",
            "territory", "presidency", "coordinator_role", "created_in", "services.uuid",
            "services.publics", "services.age_min", "services.age_max", "services.cost",
            "services.access_modes", "services.phone", "services.opening_hours",
            "services.first_delay", "services.first_delay_declared_on",
        ),
        "a detail of the page: words of it would find too much",
    ),
}  # fmt: skip


def build_search_document(entry: Any) -> SearchDocument:
    """The document of an entry (``ResourcePage`` or one of its children)."""
    kind = entry.type_in_language
    lat, lon, is_rough = _point(entry)
    commune = entry.public_commune
    communes = entry.communes_served() | ({commune.pk} if commune else set())
    received = people_received(entry, entry.service_area.partial)
    return SearchDocument(
        key=f"page:{entry.pk}",
        page_id=entry.pk,
        kind=entry.type.code,
        kind_words=" ".join(filter(None, [kind.name, kind.plural, kind.full_name])),
        title=entry.title,
        url=entry.url or "",
        language=entry.locale.language_code,
        is_entry=True,
        summary=entry.summary,
        body=entry.search_body(),
        lat=lat,
        lon=lon,
        is_rough=is_rough,
        communes=tuple(sorted(communes)),
        area=_area(entry, commune),
        facets={
            "public": received.accepted_publics,
            "age": groups_of(received.ages),
            "pratique": tuple(_practical(entry)),
            "langue": tuple(_languages(entry)),
        },
        received=received.text,
        openings=weekly_slots(entry.opening_hours) if entry.status == EntryStatus.OPEN else (),
    )


def _area(entry: Any, commune: Any) -> tuple[str, ...]:
    """Whom it receives; a CMP that does not say it is an answer in its own commune only."""
    codes: tuple[str, ...] = entry.service_area.codes
    if codes or commune is None or entry.type.code not in SECTORED_TYPES:
        return codes
    return unconfirmed_codes(commune.pk)


def _point(entry: Any) -> tuple[float | None, float | None, bool]:
    """Where it is: its address, or the middle of its commune (and that it is rough)."""
    lat, lon = entry.map_point or (None, None)
    return lat, lon, lat is not None and entry.public_point is None


def _practical(entry: Any) -> list[str]:
    facts = {
        "gratuit": entry.cost == CostType.FREE,
        "sansrdv": entry.has_mode(AccessMode.SANS_RDV),
        "pmr": AccessibilityFeature.PMR in entry.accessibility and not entry.address_is_masked,
        "distance": entry.is_remote,
    }
    return [code for code, is_true in facts.items() if is_true]


def _languages(entry: Any) -> list[str]:
    spoken = list(entry.spoken_languages)
    if AccessibilityFeature.LSF in entry.accessibility and SpokenLanguage.FSL not in spoken:
        spoken.append(SpokenLanguage.FSL.value)
    return spoken
