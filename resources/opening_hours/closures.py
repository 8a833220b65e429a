"""Dated closures of a place, and their sentences."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from portal.text.date_format import format_date
from resources.opening_hours.time_format import format_near_date

NBSP = "\u00a0"


class DatedClosure(NamedTuple):
    """A dated closure; without ``until``, it lasts until further notice."""

    since: date
    until: date | None
    message: str = ""

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def format_closed(closure: DatedClosure, today: date) -> str:
    if closure.until is None:
        return _("Fermé jusqu’à nouvel ordre")
    return _("Fermé jusqu’au %(date)s") % {"date": format_near_date(closure.until, today)}


def format_closure(closure: DatedClosure, today: date) -> str:
    """The years are said when one of them is not today's."""
    message = f"{NBSP}: {closure.message}" if closure.message else "."
    if closure.until is None and closure.since > today:
        sentence = _("Fermé à partir du %(since)s, jusqu’à nouvel ordre")
    elif closure.until is None:
        sentence = _("Fermé depuis le %(since)s, jusqu’à nouvel ordre")
    elif closure.until == closure.since:
        sentence = _("Fermé le %(since)s")
    else:
        sentence = _("Fermé du %(since)s au %(until)s")
    days = {"since": closure.since} | ({"until": closure.until} if closure.until else {})
    is_this_year = all(day.year == today.year for day in days.values())
    shape = "j F" if is_this_year else "j F Y"
    return f"{sentence % {name: format_date(day, shape) for name, day in days.items()}}{message}"
