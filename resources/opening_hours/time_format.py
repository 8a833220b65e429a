"""Times and days of opening hours, as people say them."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.text.date_format import format_date

_WEEK_DAYS = 7


def format_time(moment: datetime | time) -> str:
    """« 9 h », « 17 h 30 », « minuit »."""
    if moment.hour == 0 and moment.minute == 0:
        return _("minuit")
    words = {"hour": moment.hour, "minute": moment.minute}
    return (_("%(hour)d h %(minute)02d") if moment.minute else _("%(hour)d h")) % words


def format_minutes(minutes: int) -> str:
    """The same for minutes from midnight, of this day or of the next."""
    return format_time(time(minutes // 60 % 24, minutes % 60))


def format_moment(moment: datetime, at: datetime) -> str:
    """« à 17 h », « demain à 9 h », « lundi à 9 h », « le 4 janvier 2027 à 9 h »."""
    # People count midnight with the evening before it.
    day = (moment - timedelta(minutes=1)).date() if moment.time() == time() else moment.date()
    days = (day - at.date()).days
    words = {"time": format_time(moment)}
    if days <= 0:
        return _("à %(time)s") % words
    if days == 1:
        return _("demain à %(time)s") % words
    if days < _WEEK_DAYS:
        return _("%(day)s à %(time)s") % {**words, "day": date_format(day, "l")}
    return _("le %(date)s à %(time)s") % {**words, "date": format_near_date(day, at.date())}


def format_near_date(day: date, today: date) -> str:
    """« 13 novembre », with its year when that is another one than today's."""
    return format_date(day, "j F" if day.year == today.year else "j F Y")


def weekday_name(rank: int) -> str:
    """« lundi » for 0."""
    return str(WEEKDAYS[rank % _WEEK_DAYS]).lower()


def format_day_range(first: int, last: int) -> str:
    """« lundi », « samedi et dimanche », « du lundi au vendredi »; weekdays from Monday (0)."""
    words = {"first": weekday_name(first), "last": weekday_name(last)}
    length = (last - first) % _WEEK_DAYS + 1
    if length == 1:
        return words["first"]
    return (_("%(first)s et %(last)s") if length == 2 else _("du %(first)s au %(last)s")) % words


def join_words(words: Iterable[str]) -> str:
    """« a, b et c »"""
    *others, last = words
    return (
        _("%(first)s et %(last)s") % {"first": ", ".join(others), "last": last} if others else last
    )
