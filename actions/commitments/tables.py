"""Commitments as tables: line by line, by actor, by funder."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from actions.choices import CommitmentState
from actions.models import Commitment
from portal.exports.tables import ReportColumn, ReportTable, format_day, format_number


def get_tables(commitments: Iterable[Commitment], today: date) -> list[ReportTable]:
    """The three tables; a total is of the amounts that are written, None when none is."""
    rows = list(commitments)
    by_actor = _group(rows, "actor")
    by_funder = _group([one for one in rows if one.funder], "funder")
    return [
        ReportTable(
            "par-acteur", _("Par acteur"), _columns(_("Qui s’engage")), _sum(by_actor, today)
        ),
        ReportTable(
            "par-financeur", _("Par financeur"), _columns(_("Financeur")), _sum(by_funder, today)
        ),
        ReportTable("engagements", _("Tous les engagements"), _LINE, _lines(rows)),
    ]


def _columns(first: str) -> list[ReportColumn]:
    return [
        ReportColumn(first),
        ReportColumn(_("Engagements"), format_number),
        ReportColumn(_("Tenus"), format_number),
        ReportColumn(_("En retard"), format_number),
        ReportColumn(_("Euros écrits"), format_number),
    ]


_LINE = [
    ReportColumn("Qui s’engage"),
    ReportColumn("À quoi"),
    ReportColumn("Cadre"),
    ReportColumn("Action"),
    ReportColumn("Moyens"),
    ReportColumn("Financé par"),
    ReportColumn("Euros", format_number),
    ReportColumn("Jusqu’au", format_day),
    ReportColumn("État"),
    ReportColumn("Public"),
]


def _group(rows: list[Commitment], name: str) -> dict[str, list[Commitment]]:
    """By a name, whatever its capitals: the first way of writing it is kept."""
    groups: dict[str, list[Commitment]] = {}
    written: dict[str, str] = {}
    for row in rows:
        label = written.setdefault(getattr(row, name).casefold(), getattr(row, name))
        groups.setdefault(label, []).append(row)
    return dict(sorted(groups.items(), key=lambda pair: pair[0].casefold()))


def _sum(groups: dict[str, list[Commitment]], today: date) -> list[list[Any]]:
    return [
        [
            name,
            len(rows),
            sum(one.state == CommitmentState.KEPT for one in rows),
            sum(one.is_late_on(today) for one in rows),
            _total(one.amount for one in rows),
        ]
        for name, rows in groups.items()
    ]


def _total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _lines(rows: list[Commitment]) -> list[list[Any]]:
    return [
        [
            one.actor,
            one.what,
            one.get_frame_display(),
            one.action.reference if one.action else None,
            one.means or None,
            one.funder or None,
            one.amount,
            one.until,
            one.get_state_display(),
            _("oui") if one.is_public else _("non"),
        ]
        for one in rows
    ]
