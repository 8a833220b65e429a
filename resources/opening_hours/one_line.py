"""Opening hours on one line, days that are alike together, for print and for services."""

from django.utils.translation import gettext as _

from resources.opening_hours.opening_times import OpeningTimes
from resources.opening_hours.time_format import format_day_range, format_time


def format_week(times: OpeningTimes) -> str:
    """« Du lundi au vendredi : 9 h – 12 h, 14 h – 17 h ; samedi : 9 h – 12 h. »

    In words when weeks are not alike; empty without hours.
    """
    if not times.is_weekly:
        return " ".join(times.sentences())
    days: list[tuple[list[int], tuple]] = []
    for rank, ranges in times.weekly_ranges().items():
        if days and days[-1][1] == tuple(ranges):
            days[-1][0].append(rank)
        else:
            days.append(([rank], tuple(ranges)))
    said = [
        f"{format_day_range(ranks[0], ranks[-1])} : {_spans(ranges)}"
        for ranks, ranges in days
        if ranges
    ]
    sentence = " ; ".join(said) or _("fermé")
    if len(days) == 1 and said and _spans(days[0][1]) == _all_day():
        sentence = _("24 h/24, 7 j/7")
    holidays = f" {_('Fermé les jours fériés.')}" if times.closes_on_holidays else ""
    return f"{sentence[:1].upper()}{sentence[1:]}.{holidays}"


def _spans(ranges: tuple) -> str:
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return _all_day()
    return ", ".join(f"{format_time(opens)} – {format_time(closes)}" for opens, closes in ranges)


def _all_day() -> str:
    return _("24 h/24")
