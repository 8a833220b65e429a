from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext

from wagtail.models import Locale

from newsletter import ics
from newsletter.models import EventPage
from portal.base.models import PortalSettings

REMEMBERED = timedelta(days=90)


def agenda(request: HttpRequest) -> HttpResponse:
    """Every event to come, and those of the last three months, for a calendar to follow."""
    events = (
        EventPage.objects.live()
        .public()
        .filter(locale=Locale.get_default(), start__gte=timezone.now() - REMEMBERED)
        .with_place()
        .order_by("start", "pk")
    )
    name = gettext("Agenda – %(site)s") % {"site": PortalSettings.load().site_name}
    return _calendar(ics.agenda_calendar(events, name), "agenda")


def event(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One event, for a calendar to keep."""
    page = get_object_or_404(EventPage.objects.live().public().with_place(), uuid=uuid)
    return _calendar(ics.event_calendar(page), page.slug)


def _calendar(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
