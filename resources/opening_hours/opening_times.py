"""Opening hours of a place: whether it is open, its week, and what every output says of them.

The text is in OpenStreetMap syntax; hours are those of the portal's department, with its public
holidays. What the text does not say is never told as open nor as closed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.geo.local_holidays import is_local_holiday
from resources.opening_hours.closures import DatedClosure, format_closed, format_closure
from resources.opening_hours.evaluation import (
    DayKind,
    DaySpan,
    can_evaluate,
    merge,
    spans_of_day,
)
from resources.opening_hours.rule_parser import read_rules
from resources.opening_hours.rule_wording import describe_rules
from resources.opening_hours.rules import DAY_MINUTES, Rule, RuleState
from resources.opening_hours.time_format import format_moment, format_near_date, format_time

HORIZON = 60
WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


class OpeningSpan(NamedTuple):
    """One stretch of time when the place is open, or when nobody knows (``state``)."""

    start: datetime
    end: datetime
    state: RuleState = RuleState.OPEN
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


class OpeningTimes:
    """The hours of a place, with its dated closures.

    ``zone`` is the clock that they are read by; by default the one of the portal's department.
    """

    def __init__(
        self, text: str, closures: Iterable[DatedClosure] = (), zone: tzinfo | None = None
    ) -> None:
        self.text = text.strip()
        self.closures = tuple(closures)
        self.zone = zone or timezone.get_default_timezone()

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        return read_rules(self.text) or ()

    @cached_property
    def is_readable(self) -> bool:
        """Whether it can be told of any moment what is open, closed or not known."""
        return can_evaluate(self.text)

    @cached_property
    def is_weekly(self) -> bool:
        """Whether a weekly table says it all: no season, no « sur rendez-vous », no « sinon »."""
        return self.is_readable and all(
            rule.is_every_week
            and not (rule.comment or rule.is_uncertain)
            and (not rule.public_holidays or rule.is_holiday_closure)
            for rule in self.rules
        )

    @property
    def has_table(self) -> bool:
        """Whether the days of this week can be told by hours, perhaps not those of all weeks."""
        return self.is_readable and not any(rule.is_uncertain for rule in self.rules)

    @property
    def closes_on_holidays(self) -> bool:
        return any(rule.is_holiday_closure for rule in self.rules)

    def closure_on(self, day: date) -> DatedClosure | None:
        return next((closure for closure in self.closures if closure.covers(day)), None)

    def status(self, at: datetime | None = None) -> OpeningStatus | None:
        """Open or closed at a moment; None when the hours do not let one say it."""
        at = self._local(at)
        closure = self.closure_on(at.date())
        if not self.is_readable:
            return OpeningStatus(False, format_closed(closure, at.date())) if closure else None
        current, following = self._around(at)
        if current is None:
            if following is None or following.state != RuleState.OPEN:
                closed = format_closed(closure, at.date()) if closure else _("Fermé")
                return OpeningStatus(False, closed)
            when = format_moment(following.start, at)
            return OpeningStatus(False, _("Fermé, ouvre %(when)s") % {"when": when})
        if current.state == RuleState.UNKNOWN:
            return None
        is_followed = following is not None and following.start == current.end
        return OpeningStatus(True, _format_open(current, at, is_followed))

    def condition(self, at: datetime | None = None) -> str:
        """« Sur rendez-vous »: what is written of a moment neither open nor closed; often empty."""
        at = self._local(at)
        current = self._around(at)[0] if self.is_readable else None
        if current is None or current.state != RuleState.UNKNOWN:
            return ""
        return f"{current.comment[:1].upper()}{current.comment[1:]}"

    def openings_on(self, day: date) -> list[OpeningSpan]:
        """When it is open on a calendar day, the night before included; nothing when unknown."""
        if not self.is_readable:
            return []
        spans = self._spans_from(day, days=1)
        return [span for span in spans if span.state == RuleState.OPEN]

    def week(self, at: datetime | None = None) -> list[DayRow]:
        """The week of ``at`` from Monday, without holidays; closed days alike are grouped."""
        today = self._local(at).date()
        monday = today - timedelta(days=today.weekday())
        days = [(monday + timedelta(days=rank)) for rank in range(7)]
        rows: list[tuple[list[date], tuple[str, ...]]] = []
        for day in days:
            ranges = tuple(_format_span(span) for span in self._usual_spans(day))
            # Only closed days are grouped, so that today always has its own line.
            if rows and not ranges and not rows[-1][1] and today not in (day, rows[-1][0][-1]):
                rows[-1][0].append(day)
            else:
                rows.append(([day], ranges))
        return [DayRow(_format_days(group), ranges, today in group) for group, ranges in rows]

    def sentences(self) -> list[str]:
        """What a weekly table does not say, in words: « Le premier lundi du mois : 14 h – 16 h. »

        Nothing when a table says it; the text itself when no words are found for it.
        """
        if self.is_weekly or not self.text:
            return []
        return describe_rules(self.text) or [self.text]

    def week_lines(self, separator: str = " : ") -> list[str]:
        """A line a day: the day, ``separator``, its hours; what no week can say, in words."""
        if not self.is_weekly:
            return self.sentences()
        return [f"{row.day}{separator}{', '.join(row.spans) or _('fermé')}" for row in self.week()]

    def notes(self, at: datetime | None = None) -> list[str]:
        """What ``week_lines`` does not say: holidays of the coming days, closures."""
        today = self._local(at).date()
        notes = [
            format_closure(c, today) for c in self.closures if c.until is None or c.until >= today
        ]
        for rank in range(8):
            day = today + timedelta(days=rank)
            if self._is_closed_for_holiday(day):
                words = {"day": f"{date_format(day, 'l')} {format_near_date(day, today)}"}
                notes.append(_("Fermé le %(day)s, jour férié.") % words)
        if self.is_weekly and self.closes_on_holidays:
            notes.append(_("Fermé les jours fériés."))
        return notes

    def weekly_ranges(self, at: datetime | None = None) -> dict[int, list[tuple[time, time]]]:
        """Opening ranges by day of the week (Monday is 0), for structured data."""
        today = self._local(at).date()
        monday = today - timedelta(days=today.weekday())
        return {
            rank: [
                (_clock(span.start), _clock(span.end))
                for span in self._usual_spans(monday + timedelta(days=rank))
                if span.state == RuleState.OPEN
            ]
            for rank in range(7)
        }

    def _local(self, at: datetime | None) -> datetime:
        return timezone.localtime(at, self.zone)

    def _is_closed_for_holiday(self, day: date) -> bool:
        return bool(self._usual_spans(day)) and not spans_of_day(self.text, day, _kind_of(day))

    def _usual_spans(self, day: date) -> tuple[DaySpan, ...]:
        """What begins on a day, were it no holiday."""
        return spans_of_day(self.text, day, DayKind.USUAL) if self.is_readable else ()

    def _around(self, at: datetime) -> tuple[OpeningSpan | None, OpeningSpan | None]:
        """The stretch under way, open or not known, and the next one; None when closed."""
        current: OpeningSpan | None = None
        for span in self._spans_from(at.date()):
            if span.end <= at:
                continue
            if current is None:
                if span.start > at:
                    return None, span
                current = span
            elif span.start == current.end and span.state == current.state:
                current = current._replace(end=span.end)
            else:
                return current, span
            if current.end - at >= WEEK:
                break
        return current, None

    def _spans_from(self, day: date, days: int = HORIZON) -> Iterator[OpeningSpan]:
        """What is open or not known in these days, cut at midnight."""
        before = self._begun_on(day - _DAY)
        for _rank in range(days):
            begun = self._begun_on(day)
            if begun or before:
                yield from self._calendar_day(day, before, begun)
            day, before = day + _DAY, begun

    def _calendar_day(
        self, day: date, before: Iterable[DaySpan], begun: Iterable[DaySpan]
    ) -> Iterator[OpeningSpan]:
        night = [
            span._replace(start=max(0, span.start - DAY_MINUTES), end=span.end - DAY_MINUTES)
            for span in before
            if span.end > DAY_MINUTES
        ]
        own = [
            span._replace(end=min(span.end, DAY_MINUTES))
            for span in begun
            if span.start < DAY_MINUTES
        ]
        # Where the night before and the day disagree, what is open is.
        spans = merge(sorted([*night, *own], key=lambda span: span.state != RuleState.OPEN))
        midnight = datetime.combine(day, time(), self.zone)
        for span in spans:
            start, end = (midnight + timedelta(minutes=one) for one in span[:2])
            yield OpeningSpan(start, end, span.state, span.comment)

    def _begun_on(self, day: date) -> tuple[DaySpan, ...]:
        """What begins on a day; a night goes on in the next, even when that one is closed."""
        return () if self.closure_on(day) else spans_of_day(self.text, day, _kind_of(day))


def _kind_of(day: date) -> DayKind:
    return DayKind.LOCAL_HOLIDAY if is_local_holiday(day) else DayKind.DATED


def _clock(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def _format_span(span: DaySpan) -> str:
    """« 9 h – 12 h », « 24 h/24 », « sur rendez-vous »."""
    is_whole_day = span.start == 0 and span.end >= DAY_MINUTES
    comment = span.comment or (_("à confirmer") if span.state == RuleState.UNKNOWN else "")
    if is_whole_day and span.state == RuleState.UNKNOWN:
        return comment
    times = f"{format_time(_clock(span.start))} – {format_time(_clock(span.end))}"
    return f"{_('24 h/24') if is_whole_day else times}{f' ({comment})' if comment else ''}"


def _format_open(opening: OpeningSpan, at: datetime, is_followed: bool) -> str:
    """``is_followed``: by hours that are not known, so that no closing can be told."""
    words = {"comment": f" ({opening.comment})" if opening.comment else ""}
    if opening.end - at >= WEEK:
        return _("Ouvert 24 h/24, 7 j/7%(comment)s") % words
    if is_followed:
        return _("Ouvert maintenant%(comment)s") % words
    words["when"] = format_moment(opening.end, at)
    return _("Ouvert maintenant%(comment)s, ferme %(when)s") % words


def _format_days(days: list[date]) -> str:
    names = [date_format(day, "l") for day in days]
    if len(names) == 1:
        label = names[0]
    elif len(names) == 2:
        label = _("%(first)s et %(last)s") % {"first": names[0], "last": names[-1]}
    else:
        label = _("Du %(first)s au %(last)s") % {"first": names[0], "last": names[-1]}
    return label[:1].upper() + label[1:]
