"""Take the snapshot of a month, and rebuild those of the months before the first one."""

import logging
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dateutil.relativedelta import relativedelta

from portal.history.models import Snapshot, SnapshotFigure
from portal.history.registry import Figure, SnapshotSource, snapshot_sources

logger = logging.getLogger(__name__)


def take_monthly_snapshot() -> str | None:
    """Count everything once a month: on the first day, or on the first day that the portal runs.

    A source that fails leaves its figures out, says so in the log, and stops no other.
    """
    today = timezone.localdate()
    if Snapshot.objects.in_month(today).exists():
        return None
    figures = [figure for source in snapshot_sources() for figure in _counted(source)]
    _keep(today, figures)
    return _("Relevé de %(month)s gardé.") % {"month": date_format(today, "F Y")}


def rebuild_snapshots(since: date) -> list[Snapshot]:
    """Write the snapshots of the months from ``since`` to the first one that was taken.

    Each tells the last day of its month, by what the history still knows. Months that have a
    snapshot stay as they are.
    """
    for source in snapshot_sources():
        if source.prepare:
            source.prepare()
    kept = []
    for day in _month_ends(since, timezone.localdate()):
        if Snapshot.objects.in_month(day).exists():
            continue
        figures = [figure for source in snapshot_sources() for figure in source.count_on(day)]
        if figures:
            kept.append(_keep(day, figures, is_rebuilt=True))
    return kept


def _counted(source: SnapshotSource) -> list[Figure]:
    try:
        if source.prepare:
            source.prepare()
        return list(source.count())
    except Exception:
        logger.exception("Figures of %s are not in this month's snapshot.", source.name)
        return []


@transaction.atomic
def _keep(day: date, figures: Iterable[Figure], *, is_rebuilt: bool = False) -> Snapshot:
    snapshot = Snapshot.objects.create(day=day, is_rebuilt=is_rebuilt)
    SnapshotFigure.objects.bulk_create(
        SnapshotFigure(
            snapshot=snapshot,
            measure=figure.measure,
            scope=figure.scope,
            scope_label=figure.scope_label,
            value=figure.value,
        )
        for figure in figures
    )
    return snapshot


def _month_ends(since: date, before: date) -> Iterator[date]:
    """The last day of each month that is over, oldest first."""
    first = since.replace(day=1)
    while (following := first + relativedelta(months=1)) <= before:
        yield following - timedelta(days=1)
        first = following
