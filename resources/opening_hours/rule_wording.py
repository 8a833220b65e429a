"""Rules of opening hours in words, for what a weekly table cannot say."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.text.date_format import format_date
from resources.opening_hours.rule_parser import read_rules
from resources.opening_hours.rules import (
    DAY_MINUTES,
    DateRange,
    DayRange,
    Joiner,
    Rule,
    RuleState,
    TimeRange,
    WeekRange,
)
from resources.opening_hours.time_format import (
    format_day_range,
    format_minutes,
    join_words,
)

_LEAP_YEAR = 2024
_WHOLE_WEEK = 6
#: « d’avril », « d’août », « d’octobre ».
_ELIDED_MONTHS = (4, 8, 10)


def describe_rules(text: str) -> list[str]:
    """A sentence for each rule, in their order: « Le premier lundi du mois : 14 h – 16 h. »

    Empty when a rule is not one of those that ``read_rules`` reads.
    """
    return [_sentence(rule) for rule in read_rules(text) or ()]


def _sentence(rule: Rule) -> str:
    sentence = (_pattern(rule) % {"when": _when(rule), "what": _what(rule)}).rstrip(".")
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _pattern(rule: Rule) -> str:
    is_dated = bool(_when(rule))
    if rule.joiner == Joiner.FALLBACK:
        return _("sinon, %(when)s : %(what)s") if is_dated else _("sinon : %(what)s")
    if rule.state == RuleState.CLOSED and not rule.times and not rule.comment:
        return _("fermé %(when)s") if is_dated else _("fermé")
    if is_dated:
        return _("%(when)s : %(what)s")
    is_daily = rule.times and rule.state == RuleState.OPEN
    return _("tous les jours : %(what)s") if is_daily else "%(what)s"


def _what(rule: Rule) -> str:
    times = ", ".join(_time(one) for one in rule.times)
    comment = f" ({rule.comment})" if rule.comment else ""
    if rule.state == RuleState.CLOSED:
        closed = _("fermé %(times)s") % {"times": times} if times else _("fermé")
        return f"{closed}{comment}"
    if rule.state == RuleState.UNKNOWN:
        if not times:
            return rule.comment or _("horaires non connus")
        return f"{times} ({rule.comment or _('à confirmer')})"
    if not times:
        is_everything = rule.is_always or not _when(rule)
        times = _("24 h/24, 7 j/7") if is_everything else _("24 h/24")
    return f"{times}{comment}"


def _time(one: TimeRange) -> str:
    start = format_minutes(one.start)
    if one.end == one.start:
        return _("à partir de %(time)s") % {"time": start}
    if (one.start, one.end) == (0, DAY_MINUTES):
        return _("24 h/24")
    said = f"{start} – {format_minutes(one.end)}"
    return _("%(times)s ou plus tard") % {"times": said} if one.has_no_end else said


def _when(rule: Rule) -> str:
    """« en juillet et août, du lundi au vendredi et les jours fériés »"""
    season = [*filter(None, [_years(rule.years)]), *map(_dates, rule.dates)]
    weeks = [_weeks(one) for one in rule.weeks]
    days = [words for one in rule.days for words in _days(one)]
    if rule.public_holidays:
        days.append(_("les jours fériés"))
    if rule.school_holidays:
        # « SH Mo-Fr »: on these days of the holidays; « SH,PH »: on the one and on the other.
        part = season if rule.days else days
        part.insert(0, _("pendant les vacances scolaires"))
    return ", ".join(join_words(part) for part in (season, weeks, days) if part)


def _years(years: tuple[int, int] | None) -> str:
    if years is None:
        return ""
    first, last = years
    if first == last:
        return _("en %(year)s") % {"year": first}
    return _("de %(first)s à %(last)s") % {"first": first, "last": last}


def _dates(one: DateRange) -> str:
    if not one.day:
        first, last = _month(one.month, one.year), _month(one.last_month, one.last_year)
        if (one.month, one.year) == (one.last_month, one.last_year):
            return _("en %(month)s") % {"month": first}
        if not one.year and one.last_month - one.month == 1:
            return _("en %(first)s et %(last)s") % {"first": first, "last": last}
        pattern = (
            _("d’%(first)s à %(last)s")
            if one.month in _ELIDED_MONTHS
            else _("de %(first)s à %(last)s")
        )
        return pattern % {"first": first, "last": last}
    first = _day(one.year, one.month, one.day)
    if (one.month, one.day, one.year) == (one.last_month, one.last_day, one.last_year):
        return _("le %(day)s") % {"day": first}
    last = _day(one.last_year, one.last_month, one.last_day)
    return _("du %(first)s au %(last)s") % {"first": first, "last": last}


def _month(month: int, year: int) -> str:
    return date_format(date(year or _LEAP_YEAR, month, 1), "F Y" if year else "F").lower()


def _day(year: int, month: int, day: int) -> str:
    return format_date(date(year or _LEAP_YEAR, month, day), "j F Y" if year else "j F")


def _weeks(one: WeekRange) -> str:
    words = {"first": one.first, "last": one.last}
    if one.step == 2 and one.first <= 2 and one.last >= 52:
        return _("les semaines impaires") if one.first == 1 else _("les semaines paires")
    if one.step != 1:
        words["step"] = one.step
        return _("une semaine sur %(step)d, de la semaine %(first)d à la semaine %(last)d") % words
    if one.first == one.last:
        return _("la semaine %(first)d") % words
    return _("de la semaine %(first)d à la semaine %(last)d") % words


def _days(one: DayRange) -> list[str]:
    if one.nth:
        return [_nth_day(nth, one) for nth in one.nth]
    if (one.last - one.first) % 7 == _WHOLE_WEEK:
        return [_("tous les jours")]
    words = format_day_range(one.first, one.last)
    return [_("le %(day)s") % {"day": words} if one.first == one.last else words]


def _nth_day(nth: int, one: DayRange) -> str:
    ordinals = {
        1: _("le premier %(day)s du mois"),
        2: _("le deuxième %(day)s du mois"),
        3: _("le troisième %(day)s du mois"),
        4: _("le quatrième %(day)s du mois"),
        5: _("le cinquième %(day)s du mois"),
        -1: _("le dernier %(day)s du mois"),
        -2: _("l’avant-dernier %(day)s du mois"),
    }
    return ordinals[nth] % {"day": format_day_range(one.first, one.last)}
