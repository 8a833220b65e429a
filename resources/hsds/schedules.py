"""Opening hours as weekly rules (RFC 5545), with the dated closures cut out of them."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from resources.hsds.identifiers import derived, hsds_object
from resources.opening_hours.closures import DatedClosure
from resources.opening_hours.opening_times import OpeningTimes
from resources.opening_hours.time_format import format_time

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = timedelta(days=1)
_ALL_DAY = (time(), time())


class SchedulePeriod(NamedTuple):
    """The days, both included, between which the usual week holds; None: no end."""

    since: date | None = None
    until: date | None = None


def schedules(service_id: str, times: OpeningTimes, note: str) -> list[dict[str, Any]]:
    """The rows of a service: its usual week between its closures, then each closure."""
    closures = current_and_future(times.closures)
    usual = list(_usual_rows(times, note))
    rows = [row | _dates(period) for period in periods_between(closures) for row in usual]
    rows += [_closed(closure) for closure in closures]
    return [{"id": _id(service_id, row), "service_id": service_id} | row for row in rows]


def current_and_future(closures: tuple[DatedClosure, ...]) -> list[DatedClosure]:
    """Those that last or are to come, the first first."""
    today = timezone.localdate()
    return sorted(
        (one for one in closures if one.until is None or one.until >= today),
        key=lambda one: one.since,
    )


def periods_between(closures: list[DatedClosure]) -> Iterator[SchedulePeriod]:
    """When the usual week holds: between these closures, from today on."""
    today = timezone.localdate()
    since: date | None = None
    for closure in closures:
        last = closure.since - _DAY
        if last >= (since or today):
            yield SchedulePeriod(since, last)
        if closure.until is None:
            return
        since = max(since or closure.since, closure.until + _DAY)
    yield SchedulePeriod(since, None)


def _id(service_id: str, row: dict[str, Any]) -> str:
    """The same in summer and in winter: what the row says, without its offset."""
    said = [row.get(name, "") for name in ("description", "valid_from", "valid_to")]
    return derived("schedule", service_id, *said)


def _usual_rows(times: OpeningTimes, note: str) -> Iterator[dict[str, Any]]:
    if not times.is_weekly:
        words = " ".join(times.sentences())
        if words or note:
            yield hsds_object(description=words or note, notes=note if words else "")
        return
    holidays = _("Fermé les jours fériés.") if times.closes_on_holidays else ""
    notes = " ".join(filter(None, [note, holidays]))
    by_range: dict[tuple[time, time], list[int]] = {}
    for rank, ranges in times.weekly_ranges().items():
        for opening in ranges:
            by_range.setdefault(opening, []).append(rank)
    for opening, ranks in by_range.items():
        yield hsds_object(**_week(opening, ranks), notes=notes)


def _week(opening: tuple[time, time], ranks: list[int]) -> dict[str, Any]:
    opens, closes = (time(), time(23, 59)) if opening == _ALL_DAY else opening
    days = ", ".join(str(WEEKDAYS[rank]) for rank in ranks)
    said = (
        _("24 h/24")
        if opening == _ALL_DAY
        else " – ".join(format_time(moment) for moment in (opens, closes))
    )
    hours = _offset()
    return {
        "freq": "WEEKLY",
        "wkst": "MO",
        "byday": ",".join(DAYS[rank] for rank in ranks),
        # The hours of the place; the offset is that of today, as HSDS knows no summer time.
        "opens_at": f"{opens:%H:%M}{hours:+03d}:00",
        "closes_at": f"{closes:%H:%M}{hours:+03d}:00",
        "timezone": hours,
        "description": f"{days} : {said}",
    }


def _offset() -> int:
    """Hours between the clock of the portal's department and universal time, today."""
    now = timezone.localtime(timezone=timezone.get_default_timezone())
    return (now.utcoffset() or timedelta()) // timedelta(hours=1)


def _dates(period: SchedulePeriod) -> dict[str, Any]:
    return hsds_object(
        valid_from=period.since and period.since.isoformat(),
        valid_to=period.until and period.until.isoformat(),
    )


def _closed(closure: DatedClosure) -> dict[str, Any]:
    said = OpeningTimes("", [closure]).notes()
    return {"description": " ".join(said), **_dates(SchedulePeriod(closure.since, closure.until))}
