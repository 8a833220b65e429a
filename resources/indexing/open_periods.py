"""Which entries are open now, from periods written ahead.

Reading the hours of thirty thousand entries takes the processor some eight seconds: the periodic
job does it, once for each day, and a publication for the entry that it changes. A request then
reads what holds at its minute. Should the job have stopped for days, nothing is told as open or
closed from what nobody wrote: see ``open_now``.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from portal.cache.cached import get_or_set
from portal.jobs.registry import stop_asked
from resources.choices import EntryStatus
from resources.models import OpenDay, OpenPeriod, ResourcePage
from resources.querysets import ResourceQuerySet

#: How many days are written, today included: what a job that stopped leaves to readers.
DAYS_AHEAD = 3
#: As many entries are read in a request, when no day is written: before the first job.
MOST_READ_AT_ONCE = 300
_BATCH = 500


def open_now() -> frozenset[str] | None:
    """The search keys of the entries whose page says « Ouvert maintenant », to the minute.

    None when it is not known: the day is not written, and there are too many entries to read.
    """
    now = timezone.localtime(timezone=timezone.get_default_timezone())
    found = get_or_set(f"open:{now:%Y%m%d%H%M}", lambda: (_read_open_entries(),))[0]
    return found if found is None else frozenset(f"page:{pk}" for pk in found)


def _read_open_entries() -> frozenset[int] | None:
    now = timezone.localtime(timezone=timezone.get_default_timezone())
    if OpenDay.objects.filter(day=now.date()).exists():
        return frozenset(OpenPeriod.objects.at(now).values_list("entry", flat=True))
    entries = _entries_with_hours()
    if entries[MOST_READ_AT_ONCE : MOST_READ_AT_ONCE + 1].exists():
        return None
    periods = _periods(entries, [now.date()])
    return frozenset(one.entry_id for one in periods if one.starts_at <= now < one.ends_at)


def follow_published(pks: Collection[int]) -> Callable[[Collection[int]], None]:
    """Read when entries that have just changed are open; gives what writes it, for some of them."""
    entries = _entries_with_hours().filter(pk__in=pks)
    periods = list(_periods(entries, _days()))

    def write(some: Collection[int]) -> None:
        with transaction.atomic():
            forget_entry_periods(some)
            OpenPeriod.objects.bulk_create(one for one in periods if one.entry_id in some)

    return write


def forget_entry_periods(pks: Collection[int]) -> None:
    """Tell no longer when these entries are open: readers see them no more."""
    OpenPeriod.objects.filter(entry__in=pks).delete()


def write_missing_days() -> int:
    """Write the days that are not written yet, forget those that are over; how many were written.

    A day that was begun and not ended, by a process that stopped, is begun again.
    """
    days = _days()
    OpenPeriod.objects.filter(day__lt=days[0]).delete()
    OpenDay.objects.filter(day__lt=days[0]).delete()
    written = set(OpenDay.objects.values_list("day", flat=True))
    missing = [day for day in days if day not in written]
    return sum(_write_day(day) for day in missing)


def _write_day(day: date) -> bool:
    pks = list(_entries_with_hours().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), _BATCH):
        if stop_asked():
            return False
        some = pks[start : start + _BATCH]
        with transaction.atomic():
            OpenPeriod.objects.filter(entry__in=some, day=day).delete()
            entries = _entries_with_hours().filter(pk__in=some)
            OpenPeriod.objects.bulk_create(_periods(entries, [day]))
    OpenDay.objects.get_or_create(day=day)
    return True


def _days() -> list[date]:
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    return [today + timedelta(days=rank) for rank in range(DAYS_AHEAD)]


def _entries_with_hours() -> ResourceQuerySet:
    """Those that a reader may be told of; who may see them is said by the search."""
    open_ones = ResourcePage.objects.live().filter(status=EntryStatus.OPEN)
    return open_ones.exclude(opening_hours="")


def _periods(entries: ResourceQuerySet, days: Collection[date]) -> Iterator[OpenPeriod]:
    for entry in entries.with_all_facts():
        for day in days:
            for span in entry.opening_times.openings_on(day):
                yield OpenPeriod(entry_id=entry.pk, day=day, starts_at=span.start, ends_at=span.end)
