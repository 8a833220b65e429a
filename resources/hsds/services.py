"""One offer as HSDS tells a service: its facts, and in full what hangs on it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail import blocks
from wagtail.rich_text import get_text_for_indexing

from portal.base.choices import Public
from portal.base.models import PortalSettings
from resources.choices import EntryStatus, SpokenLanguage
from resources.entry.ages import format_ages
from resources.hsds.identifiers import known
from resources.hsds.locations import location_id, location_of
from resources.hsds.organizations import organization_of
from resources.hsds.phones import phones_of_service
from resources.hsds.prefetch import Offer
from resources.hsds.schedules import coming, schedules
from resources.hsds.service_facts import (
    cost_options,
    fees,
    how_to_apply,
    languages,
    service_areas,
    urls,
)
from resources.hsds.taxonomies import attributes, public_term, type_term
from resources.models import ResourcePage
from resources.opening_hours.schedule import OpeningTimes

#: A closure is an alert from this long before it begins.
ALERT = timedelta(days=31)
_STATUS = {
    EntryStatus.OPEN: "active",
    EntryStatus.TEMPORARILY_CLOSED: "temporarily closed",
    EntryStatus.CLOSED: "defunct",
}


def service_data(offer: Offer, full: bool) -> dict[str, Any]:
    """A service with its organization; in full, with all that hangs on it."""
    return (
        _facts(offer) | (_parts(offer) if full else {}) | {"organization": organization_of(offer)}
    )


def service_alone(offer: Offer, full: bool) -> dict[str, Any]:
    """A service as its organization lists it."""
    return _facts(offer) | (_parts(offer) if full else {})


def minimal_data(identifier: str, modified: datetime | None) -> dict[str, Any]:
    """What tells that a service is there, and whether it has changed.

    The date has two names: that of the schema, and that of the text of the parameter.
    """
    moment = instant(modified)
    return known(id=identifier, last_modified=moment, modified_date=moment)


def at_location_data(offer: Offer, full: bool) -> dict[str, Any]:
    """A service at its place; the two are known by the same identifier."""
    service = service_data(offer, full)
    service.pop("service_at_locations", None)  # it is inside the only one
    return _at_location(offer, full) | {"service": service}


def last_modified(entry: ResourcePage) -> datetime | None:
    return entry.last_published_at or entry.latest_revision_created_at


def instant(moment: datetime | None) -> str | None:
    """« 2026-11-10T10:00:00.000Z »"""
    if moment is None:
        return None
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def _facts(offer: Offer) -> dict[str, Any]:
    entry, service = offer.entry, offer.service
    youngest, oldest = _ages(offer)
    interpreter = SpokenLanguage.INTERPRETE in entry.spoken_languages
    return known(
        id=offer.id,
        name=service.name if service else entry.title,
        alternate_name=entry.title if service else entry.acronym,
        description=_description(offer),
        url=entry.website or entry.full_url,
        email=entry.email,
        status=_STATUS[EntryStatus(entry.status)],
        interpretation_services=str(SpokenLanguage.INTERPRETE.label) if interpreter else "",
        application_process=how_to_apply(offer),
        fees_description=fees(offer),
        eligibility_description=_for_whom(offer),
        minimum_age=youngest,
        maximum_age=oldest,
        assured_date=entry.verified_on and entry.verified_on.isoformat(),
        # Whoever verified it is a person: the portal answers for them.
        assurer_email=PortalSettings.load().contact_email if entry.verified_on else "",
        alert=_alert(entry),
        last_modified=instant(last_modified(entry)),
    )


def _parts(offer: Offer) -> dict[str, Any]:
    entry, service = offer.entry, offer.service
    own_hours = service.opening_hours if service else ""
    closures = entry.opening_times.closures
    times = OpeningTimes(own_hours, closures) if own_hours else entry.opening_times
    words = [type_term(entry.type), *(public_term(code) for code, _label in _publics(offer))]
    place = _at_location(offer, full=True)
    return known(
        phones=phones_of_service(offer.id, service.phone if service else "", entry),
        schedules=schedules(offer.id, times, "" if own_hours else entry.hours_note),
        service_areas=service_areas(offer),
        service_at_locations=[place] if place.get("location") else [],
        languages=languages(offer),
        cost_options=cost_options(offer),
        attributes=attributes(offer.id, "service", words),
        additional_urls=urls(offer),
    )


def _at_location(offer: Offer, full: bool) -> dict[str, Any]:
    return known(
        id=offer.id,
        service_id=offer.id,
        location_id=location_id(offer.entry),
        location=location_of(offer.entry, full),
    )


def _description(offer: Offer) -> str:
    entry = offer.entry
    if offer.service:
        return offer.service.summary or entry.summary or entry.type.explanation
    # Read as they are stored: other blocks would ask the database for pictures and pages.
    kinds = entry.description.stream_block.child_blocks
    paragraphs = [
        get_text_for_indexing(str(raw["value"])).strip()
        for raw in entry.description.raw_data
        if isinstance(kinds.get(raw["type"]), blocks.RichTextBlock)
    ]
    said = "\n\n".join(filter(None, [entry.summary, *paragraphs]))
    return said or entry.type.explanation


def _ages(offer: Offer) -> tuple[int | None, int | None]:
    """The service's own ages, else those of its place; never one of each."""
    service, entry = offer.service, offer.entry
    if service and (service.age_min is not None or service.age_max is not None):
        return service.age_min, service.age_max
    return entry.age_min, entry.age_max


def _publics(offer: Offer) -> list[tuple[str, str]]:
    wanted = offer.own("publics")
    return [(code, str(label)) for code, label in Public.choices if code in wanted]


def _for_whom(offer: Offer) -> str:
    publics = ", ".join(label for _code, label in _publics(offer))
    said = [publics, format_ages(*_ages(offer))]
    sentences = [f"{words}." for words in said if words]
    if offer.entry.relatives_welcome:
        sentences.append(_("Les proches peuvent demander conseil."))
    return " ".join(sentences)


def _alert(entry: ResourcePage) -> str:
    """What must be known before one comes: a closure that is near, a word for some days."""
    today = timezone.localdate()
    said = {
        EntryStatus.TEMPORARILY_CLOSED: [_("Ce lieu est fermé pour le moment.")],
        EntryStatus.CLOSED: [_("Ce lieu a fermé définitivement.")],
    }.get(EntryStatus(entry.status), [])
    near = [one for one in coming(entry.opening_times.closures) if one.since <= today + ALERT]
    return " ".join([*said, *OpeningTimes("", near).notes(), *_notices(entry, today)])


def _notices(entry: ResourcePage, today: date) -> list[str]:
    return [notice.text for notice in entry.notices.all() if notice.is_current(today)]
