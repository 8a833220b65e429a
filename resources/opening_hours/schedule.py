"""Opening hours: OpenStreetMap syntax read, and formatted in French sentences.

Everything is reckoned in Europe/Paris, with the French public holidays. A text that
cannot be read never makes a place « ouvert »: the text itself is shown.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

# The library's stub declares only the base class of its ParserError.
from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]

from portal.base.date_format import format_date

PARIS = ZoneInfo("Europe/Paris")
HORIZON = timedelta(days=60)
WEEK = timedelta(days=7)
NBSP = "\u00a0"

_HOLIDAYS_OFF = re.compile(r"\bPH\b[^;]*\b(off|closed)\b", re.IGNORECASE)
_NOT_WEEKLY = re.compile(
    r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|week|easter|SH|\d{4})\b|\[|/",
    re.IGNORECASE,
)


class DatedClosure(NamedTuple):
    """A dated closure; without ``until``, it lasts until further notice."""

    since: date
    until: date | None
    message: str = ""

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


class OpeningSpan(NamedTuple):
    """One stretch of time when the place is open."""

    start: datetime
    end: datetime
    comment: str = ""


class OpeningStatus(NamedTuple):
    """Whether a place is open and the sentence that says it."""

    is_open: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """One line of the weekly table: a day or closed days together; no span when closed."""

    day: str
    spans: tuple[str, ...]
    today: bool = False


@lru_cache(maxsize=2048)
def parse_hours(text: str, country: str | None = "FR") -> OpeningHours | None:
    """The hours that ``text`` says in OSM syntax; None when it cannot be read."""
    try:
        return OpeningHours(
            text, timezone=PARIS, country=country, auto_country=False, auto_timezone=False
        )
    except ParserError:
        return None


def format_time(moment: datetime | time) -> str:
    """« 9 h », « 17 h 30 », « minuit »."""
    if moment.hour == 0 and moment.minute == 0:
        return _("minuit")
    words = {"hour": moment.hour, "minute": moment.minute}
    return (_("%(hour)d h %(minute)02d") if moment.minute else _("%(hour)d h")) % words


class OpeningTimes:
    """The hours of a place, with its dated closures."""

    def __init__(self, text: str, closures: Iterable[DatedClosure] = ()) -> None:
        self.text = text.strip()
        self.closures = tuple(closures)
        self._hours = parse_hours(self.text) if self.text else None

    @property
    def is_readable(self) -> bool:
        return self._hours is not None

    @property
    def is_weekly(self) -> bool:
        """Whether every week is alike: no season, no « first Monday of the month »."""
        return self.is_readable and not _NOT_WEEKLY.search(self.text.replace("24/7", ""))

    @property
    def closes_on_holidays(self) -> bool:
        return self.is_readable and bool(_HOLIDAYS_OFF.search(self.text))

    def closure_on(self, day: date) -> DatedClosure | None:
        return next((closure for closure in self.closures if closure.covers(day)), None)

    def status(self, at: datetime | None = None) -> OpeningStatus | None:
        """Open or closed at a moment; None when the hours do not let one say it."""
        at = _in_paris(at)
        closure = self.closure_on(at.date())
        if not self._hours:
            return OpeningStatus(False, _format_closed(closure)) if closure else None
        if self._hours.is_unknown(at) and not closure:
            return None
        openings = self._openings(at - timedelta(days=1), at + HORIZON)
        nearest = next((opening for opening in openings if opening.end > at), None)
        if nearest is None:
            return OpeningStatus(False, _format_closed(closure) if closure else _("Fermé"))
        if nearest.start <= at:
            return OpeningStatus(True, _format_open(nearest, at))
        when = _format_moment(nearest.start, at)
        return OpeningStatus(False, _("Fermé, ouvre %(when)s") % {"when": when})

    def week(self, at: datetime | None = None) -> list[DayRow]:
        """The week of ``at`` from Monday, without holidays; closed days alike are grouped."""
        today = _in_paris(at).date()
        monday = today - timedelta(days=today.weekday())
        days = [(monday + timedelta(days=rank)) for rank in range(7)]
        rows: list[tuple[list[date], tuple[str, ...]]] = []
        for day in days:
            ranges = self._ranges(day)
            # Only closed days are grouped, so that today always has its own line.
            if rows and not ranges and not rows[-1][1] and today not in (day, rows[-1][0][-1]):
                rows[-1][0].append(day)
            else:
                rows.append(([day], ranges))
        return [DayRow(_format_days(group), ranges, today in group) for group, ranges in rows]

    def week_lines(self, separator: str = " : ") -> list[str]:
        """The week, a line a day: the day, ``separator``, its hours.

        The text as it is when it cannot be read; nothing when there is none.
        """
        if not self.is_readable:
            return [self.text] if self.text else []
        return [f"{row.day}{separator}{', '.join(row.spans) or _('fermé')}" for row in self.week()]

    def notes(self, at: datetime | None = None) -> list[str]:
        """What the weekly table does not say: holidays of the coming days, closures."""
        today = _in_paris(at).date()
        notes = [_format_closure(c) for c in self.closures if c.until is None or c.until >= today]
        for rank in range(8):
            day = today + timedelta(days=rank)
            if self._is_closed_for_holiday(day):
                words = {"day": f"{date_format(day, 'l')} {format_date(day, 'j F')}"}
                notes.append(_("Fermé le %(day)s, jour férié.") % words)
        if self.closes_on_holidays:
            notes.append(_("Fermé les jours fériés."))
        return notes

    def weekly_ranges(self, at: datetime | None = None) -> dict[int, list[tuple[time, time]]]:
        """Opening ranges by day of the week (Monday is 0), for structured data."""
        today = _in_paris(at).date()
        monday = today - timedelta(days=today.weekday())
        return {
            rank: [
                (o.start.time(), o.end.time())
                for o in self._usual_openings(monday + timedelta(days=rank))
            ]
            for rank in range(7)
        }

    def _is_closed_for_holiday(self, day: date) -> bool:
        if not self._usual_openings(day):
            return False
        return not list(_openings_of(self._hours, *_bounds(day)))

    def _usual_openings(self, day: date) -> list[OpeningSpan]:
        """The openings that start on a day, were it no holiday."""
        usual = parse_hours(self.text, None) if self.is_readable else None
        if usual is None:
            return []
        start, end = _bounds(day)
        found = _openings_of(usual, start - timedelta(days=1), end + timedelta(days=1))
        return [o for opening in found for o in _by_day(opening) if o.start.date() == day]

    def _ranges(self, day: date) -> tuple[str, ...]:
        openings = self._usual_openings(day)
        if len(openings) == 1 and openings[0].end - openings[0].start >= timedelta(hours=24):
            return (_("24 h/24"),)
        return tuple(f"{format_time(o.start)} – {format_time(o.end)}" for o in openings)

    def _openings(self, start: datetime, end: datetime) -> Iterator[OpeningSpan]:
        """Openings between two moments, what closures take away left out."""
        openings = _openings_of(self._hours, start, end)
        return self._outside_closures(openings) if self.closures else openings

    def _outside_closures(self, openings: Iterator[OpeningSpan]) -> Iterator[OpeningSpan]:
        """The days of the openings that no closure covers, whole again where they touch."""
        kept: OpeningSpan | None = None
        for piece in (piece for opening in openings for piece in _by_calendar_day(opening)):
            if self.closure_on(piece.start.date()):
                continue
            if kept and kept.end == piece.start:
                kept = kept._replace(end=piece.end)
                continue
            if kept:
                yield kept
            kept = piece
        if kept:
            yield kept


def _in_paris(at: datetime | None) -> datetime:
    return timezone.localtime(at, PARIS) if at else timezone.localtime(timezone=PARIS)


def _bounds(day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time(), PARIS)
    return start, datetime.combine(day + timedelta(days=1), time(), PARIS)


def _openings_of(
    hours: OpeningHours | None, start: datetime, end: datetime
) -> Iterator[OpeningSpan]:
    if hours is None:
        return
    for since, until, state, comment in hours.intervals(start, end):
        if state == State.OPEN:
            yield OpeningSpan(since, until or end, comment)


def _by_day(opening: OpeningSpan) -> Iterator[OpeningSpan]:
    """Cut what lasts several days; a night that ends by the next noon stays whole."""
    pieces = _by_calendar_day(opening)
    return pieces if opening.end - opening.start > timedelta(hours=24) else iter([opening])


def _by_calendar_day(opening: OpeningSpan) -> Iterator[OpeningSpan]:
    start = opening.start
    while start < opening.end:
        end = min(opening.end, _bounds(start.date())[1])
        yield OpeningSpan(start, end, opening.comment)
        start = end


def _format_open(opening: OpeningSpan, at: datetime) -> str:
    words = {"comment": f" ({opening.comment})" if opening.comment else ""}
    if opening.end - at >= WEEK:
        return _("Ouvert 24 h/24, 7 j/7%(comment)s") % words
    words["when"] = _format_moment(opening.end, at)
    return _("Ouvert maintenant%(comment)s, ferme %(when)s") % words


def _format_moment(moment: datetime, at: datetime) -> str:
    # People count midnight with the evening before it.
    day = (moment - timedelta(minutes=1)).date() if moment.time() == time() else moment.date()
    days = (day - at.date()).days
    words = {"time": format_time(moment)}
    if days <= 0:
        return _("à %(time)s") % words
    if days == 1:
        return _("demain à %(time)s") % words
    if days < 7:
        return _("%(day)s à %(time)s") % {**words, "day": date_format(day, "l")}
    return _("le %(date)s à %(time)s") % {**words, "date": format_date(day, "j F")}


def _format_days(days: list[date]) -> str:
    names = [date_format(day, "l") for day in days]
    if len(names) == 1:
        label = names[0]
    elif len(names) == 2:
        label = _("%(first)s et %(last)s") % {"first": names[0], "last": names[-1]}
    else:
        label = _("Du %(first)s au %(last)s") % {"first": names[0], "last": names[-1]}
    return label[:1].upper() + label[1:]


def _format_closed(closure: DatedClosure) -> str:
    if closure.until is None:
        return _("Fermé jusqu’à nouvel ordre")
    return _("Fermé jusqu’au %(date)s") % {"date": format_date(closure.until, "j F")}


def _format_closure(closure: DatedClosure) -> str:
    message = f"{NBSP}: {closure.message}" if closure.message else "."
    if closure.until is None:
        sentence = _("Fermé depuis le %(since)s, jusqu’à nouvel ordre")
    elif closure.until == closure.since:
        sentence = _("Fermé le %(since)s")
    else:
        sentence = _("Fermé du %(since)s au %(until)s")
    words = {"since": format_date(closure.since, "j F")}
    if closure.until:
        words["until"] = format_date(closure.until, "j F")
    return f"{sentence % words}{message}"
