"""Two snapshots side by side: then, now, and what changed."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dateutil.relativedelta import relativedelta

from portal.exports.tables import ReportColumn, ReportTable, format_number
from portal.history.models import Snapshot, SnapshotFigure
from portal.history.registry import SnapshotSource, snapshot_sources

#: The figures of a snapshot by measure, then by scope.
_Figures = dict[str, dict[str, SnapshotFigure]]


def usual_days(snapshots: list[Snapshot]) -> tuple[Snapshot, Snapshot] | None:
    """The last snapshot and the one nearest to a year before it; the first one when all are newer.

    ``None`` without any two to compare.
    """
    if len(snapshots) < 2:
        return None
    *before, last = snapshots
    a_year_ago = last.day - relativedelta(years=1)
    return min(before, key=lambda one: abs(one.day - a_year_ago)), last


def find_snapshot(snapshots: list[Snapshot], day: str) -> Snapshot | None:
    return next((one for one in snapshots if one.day.isoformat() == day), None)


def compare(before: Snapshot, after: Snapshot) -> list[ReportTable]:
    """One table for each source that has something to tell."""
    then, now = _figures(before), _figures(after)
    found = []
    for source in snapshot_sources():
        rows = [row for measure in source.labels for row in _rows(source, measure, then, now)]
        if rows:
            found.append(ReportTable(source.name, str(source.label), _columns(before, after), rows))
    return found


def _figures(snapshot: Snapshot) -> _Figures:
    found: _Figures = {}
    for figure in snapshot.figures.order_by("pk"):
        found.setdefault(figure.measure, {})[figure.scope] = figure
    return found


def _rows(
    source: SnapshotSource, measure: str, then: _Figures, now: _Figures
) -> Iterator[list[Any]]:
    old, new = then.get(measure, {}), now.get(measure, {})
    for scope in dict.fromkeys([*new, *old]):
        figure = new.get(scope) or old[scope]
        words = str(source.labels[measure])
        if figure.scope_label:
            words = _("%(measure)s : %(scope)s") % {"measure": words, "scope": figure.scope_label}
        before, after = _value(old, scope, measure in then), _value(new, scope, measure in now)
        change = None if before is None or after is None else after - before
        yield [words, before, after, change]


def _value(figures: dict[str, SnapshotFigure], scope: str, is_counted: bool) -> Decimal | None:
    """Nothing of a scope that a counted measure does not have is none; uncounted is not known."""
    if scope in figures:
        return figures[scope].value.normalize()
    return Decimal(0) if is_counted else None


def _columns(before: Snapshot, after: Snapshot) -> list[ReportColumn]:
    return [
        ReportColumn(_("Ce qui est compté")),
        ReportColumn(str(before), format_figure),
        ReportColumn(str(after), format_figure),
        ReportColumn(_("Évolution"), _format_change),
    ]


def format_figure(value: Decimal) -> str:
    return format_number(_plain(value))


def _format_change(value: Decimal) -> str:
    """« +3 », « −2 », « 0 »."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + format_figure(abs(value))


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
