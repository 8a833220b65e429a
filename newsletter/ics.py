"""Events as calendars read them (RFC 5545).

Times are written in UTC, which every calendar turns into the time of its reader: no
time zone has to be described, and the nights when clocks change need no care. Whole
days are dates, and their end is the day after the last one.
"""

from collections.abc import Iterable
from datetime import UTC, timedelta

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from icalendar import STATUS, Calendar, Event

from newsletter.models import EventPage
from portal.base.left_out import readable_items
from portal.base.navigation import language_of

PRODUCT = "-//Portail PTSM//Agenda//FR"
REFRESH_EVERY = timedelta(hours=12)


def agenda_calendar(events: Iterable[EventPage], name: str) -> bytes:
    """The calendar file of several events; a phone may subscribe to it."""
    calendar = Calendar.new(prodid=PRODUCT, name=name, language="fr")
    calendar.refresh_interval = REFRESH_EVERY
    for event in readable_items(events, gettext("agenda à suivre"), _calendar_event):
        calendar.add_component(_calendar_event(event))
    return calendar.to_ical()


def event_calendar(event: EventPage) -> bytes:
    """The calendar file of one event."""
    calendar = Calendar.new(prodid=PRODUCT, language="fr")
    calendar.add_component(_calendar_event(event))
    return calendar.to_ical()


def _calendar_event(page: EventPage) -> Event:
    title = page.title
    if page.is_cancelled:
        title = gettext("Annulé : %(title)s") % {"title": title}
    changed = (page.last_published_at or page.latest_revision_created_at or timezone.now()).replace(
        microsecond=0
    )
    event = Event.new(
        uid=page.uuid,
        stamp=changed.astimezone(UTC),
        last_modified=changed.astimezone(UTC),
        summary=title,
        description="\n\n".join(_description(page)) or None,
        location=page.where or None,
        url=page.full_url,
        sequence=_sequence(page),
        status=STATUS.CANCELLED if page.is_cancelled else STATUS.CONFIRMED,
    )
    if page.all_day:
        event.start = page.first_day
        event.end = page.last_day + timedelta(days=1)
    else:
        event.start = page.start.astimezone(UTC)
        if page.end and page.end > page.start:
            event.end = page.end.astimezone(UTC)
    return event


def _sequence(page: EventPage) -> int:
    """Grows with each publication (RFC 5545, 3.8.7.4): calendars then take the newer one.

    The dates of a translation follow those of its source: it grows with it too.
    """
    if language_of(page) == settings.LANGUAGE_CODE:
        return page.live_revision_id or 0
    versions = EventPage.objects.filter(translation_key=page.translation_key)
    return versions.aggregate(last=Max("live_revision"))["last"] or 0


def _description(page: EventPage) -> Iterable[str]:
    if page.is_cancelled:
        yield page.cancelled_reason
    if page.summary:
        yield page.summary
    if page.registration:
        yield page.registration
    if page.online_url:
        yield gettext("Suivre à distance : %(url)s") % {"url": page.online_url}
