"""Date formats of the agenda, in the language of the page."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext

from portal.text.date_format import format_date


def format_day(day: date, with_year: bool = True) -> str:
    """« mardi 1er décembre 2026 »."""
    return format_date(day, "l j F Y" if with_year else "l j F")


def format_time(moment: datetime) -> str:
    """« 14 h » or « 14 h 30 », in the time of Paris."""
    local = timezone.localtime(moment)
    if local.minute:
        return gettext("%(hour)d h %(minute)02d") % {"hour": local.hour, "minute": local.minute}
    return gettext("%(hour)d h") % {"hour": local.hour}


def format_when(start: datetime, end: datetime | None, all_day: bool) -> str:
    """The whole sentence: « mardi 1er décembre 2026, de 14 h à 16 h 30 »."""
    first = timezone.localtime(start).date()
    last = timezone.localtime(end).date() if end else first
    if all_day:
        return _say_days(first, last)
    if not end or end == start:
        return gettext("%(day)s, à %(start)s") % {
            "day": format_day(first),
            "start": format_time(start),
        }
    if first == last:
        return gettext("%(day)s, de %(start)s à %(end)s") % {
            "day": format_day(first),
            "start": format_time(start),
            "end": format_time(end),
        }
    return gettext("du %(first)s à %(start)s au %(last)s à %(end)s") % {
        "first": format_day(first, with_year=first.year != last.year),
        "start": format_time(start),
        "last": format_day(last),
        "end": format_time(end),
    }


def _say_days(first: date, last: date) -> str:
    if first == last:
        return gettext("%(day)s, toute la journée") % {"day": format_day(first)}
    return gettext("du %(first)s au %(last)s") % {
        "first": format_day(first, with_year=first.year != last.year),
        "last": format_day(last),
    }
