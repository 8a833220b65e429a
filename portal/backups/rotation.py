"""Which archives are kept: one a day for a week, one a week for a month, one a month for a year."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime

from django.utils import timezone

DAYS, WEEKS, MONTHS = 7, 4, 12

_PERIODS: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
    (DAYS, lambda moment: moment.date()),
    (WEEKS, lambda moment: moment.isocalendar()[:2]),
    (MONTHS, lambda moment: (moment.year, moment.month)),
)


def to_forget(moments: Iterable[datetime]) -> set[datetime]:
    """The archives to delete among those of these moments.

    The newest of each of the last 7 days, 4 weeks and 12 months that have one is kept: a portal
    whose backups stopped loses none of those that it has.
    """
    newest_first = sorted(moments, reverse=True)
    kept: set[datetime] = set()
    for amount, period_of in _PERIODS:
        seen: dict[Hashable, datetime] = {}
        for moment in newest_first:
            seen.setdefault(period_of(timezone.localtime(moment)), moment)
        kept.update(list(seen.values())[:amount])
    return set(newest_first) - kept
