"""Opening hours on one line, days that are alike together, for print."""

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from resources.opening_hours.schedule import OpeningTimes, format_time

TRANSLATED = False

_WHOLE_DAY = 24 * 60


def format_week(times: OpeningTimes) -> str:
    """« Du lundi au vendredi : 9 h – 12 h, 14 h – 17 h ; samedi : 9 h – 12 h. »

    Empty when weeks are not alike: a line would lie.
    """
    if not times.is_weekly:
        return ""
    days: list[tuple[list[int], tuple]] = []
    for rank, ranges in times.weekly_ranges().items():
        if days and days[-1][1] == tuple(ranges):
            days[-1][0].append(rank)
        else:
            days.append(([rank], tuple(ranges)))
    said = [f"{_days(ranks)} : {_spans(ranges)}" for ranks, ranges in days if ranges]
    if len(days) == 1 and said and _spans(days[0][1]) == _all_day():
        return _("24 h/24, 7 j/7.")
    sentence = " ; ".join(said)
    holidays = f" {_('Fermé les jours fériés.')}" if times.closes_on_holidays else ""
    return f"{sentence[:1].upper()}{sentence[1:]}.{holidays}" if said else ""


def _days(ranks: list[int]) -> str:
    first, last = str(WEEKDAYS[ranks[0]]).lower(), str(WEEKDAYS[ranks[-1]]).lower()
    if len(ranks) == 1:
        return first
    pattern = _("%(first)s et %(last)s") if len(ranks) == 2 else _("du %(first)s au %(last)s")
    return pattern % {"first": first, "last": last}


def _spans(ranges: tuple) -> str:
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return _all_day()
    return ", ".join(f"{format_time(opens)} – {format_time(closes)}" for opens, closes in ranges)


def _all_day() -> str:
    return _("24 h/24")
