"""How the properties of an HSDS service are read from an offer, where no one field is enough."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail import blocks
from wagtail.rich_text import get_text_for_indexing

from portal.base.choices import Public
from portal.base.models import PortalSettings
from portal.geo.departments import departments
from portal.geo.models import Commune
from portal.geo.names import short_commune_name
from resources.choices import (
    AccessibilityFeature,
    AccessMode,
    CommuneShare,
    CostType,
    EntryStatus,
    SpokenLanguage,
)
from resources.entry.ages import format_ages
from resources.entry.services import delay_sentence
from resources.hsds.identifiers import child
from resources.hsds.place_properties import entry_numbers, phone_rows
from resources.hsds.querysets import HsdsOffer
from resources.hsds.schedules import current_and_future, schedules
from resources.hsds.taxonomies import attributes, public_term, type_term
from resources.opening_hours.opening_times import OpeningTimes

#: A closure is an alert from this long before it begins.
ALERT = timedelta(days=31)
STATUSES = {
    EntryStatus.OPEN: "active",
    EntryStatus.TEMPORARILY_CLOSED: "temporarily closed",
    EntryStatus.CLOSED: "defunct",
}
_INSEE = "http://id.insee.fr/geo"


def name(offer: HsdsOffer) -> str:
    return offer.service.name if offer.service else offer.entry.title


def alternate_name(offer: HsdsOffer) -> str:
    return str(offer.entry.title if offer.service else offer.entry.acronym)


def description(offer: HsdsOffer) -> str:
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
    return "\n\n".join(filter(None, [entry.summary, *paragraphs])) or entry.type.explanation


def application_process(offer: HsdsOffer) -> str:
    """What to do the first time, as the page says it."""
    modes = offer.own("access_modes")
    return _sentences(
        offer.entry.first_contact,
        ", ".join(str(label) for code, label in AccessMode.choices if code in modes),
        _("Possible par téléphone ou en visio.") if offer.entry.is_remote else "",
        (offer.service and delay_sentence(offer.service)) or delay_sentence(offer.entry),
    )


def fees(offer: HsdsOffer) -> str:
    cost = offer.own("cost")
    label = str(CostType(cost).label) if cost else ""
    return _sentences(label, _cost_details(offer), getattr(offer.entry, "membership", ""))


def cost_options(offer: HsdsOffer) -> list[dict[str, Any]]:
    cost = offer.own("cost")
    if not cost:
        return []
    label, details = str(CostType(cost).label), _cost_details(offer)
    option = _child("cost_option", offer, cost, option=label, amount_description=details)
    return [option | ({"amount": 0, "currency": "EUR"} if cost == CostType.FREE else {})]


def ages(offer: HsdsOffer) -> tuple[int | None, int | None]:
    """The service's own ages, else those of its place; never one of each."""
    for one in (offer.service, offer.entry):
        if one and (one.age_min is not None or one.age_max is not None):
            return one.age_min, one.age_max
    return None, None


def eligibility(offer: HsdsOffer) -> str:
    publics = ", ".join(str(Public(code).label) for code in _publics(offer))
    welcome = _("Les proches peuvent demander conseil.") if offer.entry.relatives_welcome else ""
    sentences = [f"{words}." for words in (publics, format_ages(*ages(offer))) if words]
    return " ".join([*sentences, *filter(None, [welcome])])


def assured_date(offer: HsdsOffer) -> str:
    return offer.entry.verified_on.isoformat() if offer.entry.verified_on else ""


def assurer_email(offer: HsdsOffer) -> str:
    """The portal's: whoever verified the entry is a person."""
    return PortalSettings.load().contact_email if offer.entry.verified_on else ""


def alert(offer: HsdsOffer) -> str:
    """What must be known before one comes: a closure that is near, a message of the day."""
    entry, today = offer.entry, timezone.localdate()
    closed = {
        EntryStatus.TEMPORARILY_CLOSED: [_("Ce lieu est fermé pour le moment.")],
        EntryStatus.CLOSED: [_("Ce lieu a fermé définitivement.")],
    }.get(EntryStatus(entry.status), [])
    near = [
        one
        for one in current_and_future(entry.opening_times.closures)
        if one.since <= today + ALERT
    ]
    notices = [notice.text for notice in entry.notices.all() if notice.is_current(today)]
    return " ".join([*closed, *OpeningTimes("", near).notes(), *notices])


def last_modified(entry: Any) -> datetime | None:
    return entry.last_published_at or entry.latest_revision_created_at


def instant(moment: datetime | None) -> str | None:
    """« 2026-11-10T10:00:00.000Z »"""
    if moment is None:
        return None
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def phones(offer: HsdsOffer) -> list[dict[str, Any]]:
    """The service's own number, else those of its place."""
    own = offer.service.phone if offer.service else ""
    numbers = [(own, "")] if own else entry_numbers(offer.entry)
    return phone_rows("service_id", offer.id, numbers)


def service_schedules(offer: HsdsOffer) -> list[dict[str, Any]]:
    entry = offer.entry
    own = offer.service.opening_hours if offer.service else ""
    times = OpeningTimes(own, entry.opening_times.closures) if own else entry.opening_times
    return schedules(offer.id, times, "" if own else entry.hours_note)


def service_areas(offer: HsdsOffer) -> list[dict[str, Any]]:
    """The territories and communes that the place says it serves, and those of its sectors."""
    return [
        _child("service_area", offer, area, name=area, description=description, uri=uri)
        for area, (uri, description) in dict(_areas(offer.entry)).items()
    ]


def languages(offer: HsdsOffer) -> list[dict[str, Any]]:
    """The languages in which people are received; an interpreter is none of them."""
    spoken = {*offer.entry.spoken_languages} - {SpokenLanguage.INTERPRETE}
    if AccessibilityFeature.LSF in offer.entry.accessibility:
        spoken.add(SpokenLanguage.FSL)
    return [
        _child("language", offer, code, name=str(label), code=code)
        for code, label in SpokenLanguage.choices
        if code in spoken
    ]


def classification(offer: HsdsOffer) -> list[dict[str, Any]]:
    words = [type_term(offer.entry.type), *map(public_term, _publics(offer))]
    return attributes(offer.id, "service", words)


def portal_url(offer: HsdsOffer) -> list[dict[str, Any]]:
    """The page of the portal, beside the site of the place (3.1)."""
    url = offer.entry.full_url
    return [_child("url", offer, label=_("Fiche sur le portail"), url=url)] if url else []


def _child(kind: str, offer: HsdsOffer, *key: Any, **properties: Any) -> dict[str, Any]:
    return child(kind, "service_id", offer.id, *key, **properties)


def _publics(offer: HsdsOffer) -> list[str]:
    own = offer.own("publics")
    return [code for code in Public.values if code in own]


def _cost_details(offer: HsdsOffer) -> str:
    """A detail of the place's price says nothing of another price."""
    is_same = offer.own("cost") == offer.entry.cost
    return str(offer.entry.cost_details) if is_same else ""


def _areas(entry: Any) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each with its name, its address at INSEE and what is to be known of it."""
    if entry.covers_department:
        code = settings.PORTAL_DEPARTEMENT
        yield departments()[code].name, (f"{_INSEE}/departement/{code}", "")
    for territory in [*entry.territory_names, entry.clsm_territory]:
        if territory:
            yield territory, ("", "")
    for commune in entry.coverage_communes.all():
        yield short_commune_name(commune.name), (_insee(commune), "")
    cmp_page = getattr(entry, "cmppage", None)
    for sector in cmp_page.sectors.all() if cmp_page else ():
        for row in sector.sector_communes.all():
            part = "" if row.part == CommuneShare.ENTIRE else str(CommuneShare.PARTIAL.label)
            details = ", ".join(filter(None, [part, row.note]))
            yield row.commune_name, (_insee(row.commune), details)


def _insee(commune: Commune) -> str:
    is_commune = commune.kind == Commune.Kind.COMMUNE
    return f"{_INSEE}/{'commune' if is_commune else 'arrondissementMunicipal'}/{commune.code}"


def _sentences(*texts: str) -> str:
    ends = (".", "!", "?", "…")
    return " ".join(text if text.endswith(ends) else f"{text}." for text in texts if text)
