"""The actions of the board, grouped in one of seven ways; an action may stand in several groups."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.choices import CLOSED, ActionDimension, ActionStatus, PartnerRole
from actions.viewsets import last_note, lateness, next_step


class Grouping(models.TextChoices):
    """By what the board is grouped; its values are in addresses."""

    PRIORITY = "priorite", gettext_lazy("Priorité")
    STATUS = "etat", gettext_lazy("État")
    LATENESS = "retard", gettext_lazy("Retard")
    PILOT = "pilote", gettext_lazy("Pilote")
    TERRITORY = "territoire", gettext_lazy("Territoire")
    DIMENSION = "volet", gettext_lazy("Volet")
    FUNDER = "financeur", gettext_lazy("Financeur")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One action as the board says it; ``late`` is « Retard : 6 semaines », or empty."""

    action: Any
    late: str
    is_silent: bool
    pilots: list[str]
    next_step: dict[str, Any] | None
    last_note: dict[str, Any] | None

    @property
    def is_open(self) -> bool:
        return self.action.status not in CLOSED

    @property
    def lacks_pilot(self) -> bool:
        return self.is_open and not self.pilots


@dataclass(slots=True)
class BoardGroup:
    label: str
    rows: list[BoardRow] = field(default_factory=list)


#: Where a group stands, and its name.
GroupKey = tuple[Any, str]
_LAST = "\uffff"


def make_row(action: Any, today: date) -> BoardRow:
    """``action`` is annotated with ``is_silent``: nothing has been told for four months."""
    led = [one for one in action.partners.all() if one.role == PartnerRole.PILOT]
    return BoardRow(
        action=action,
        late=lateness(action, today),
        is_silent=action.is_silent,
        pilots=[one.label for one in led],
        next_step=next_step(action),
        last_note=last_note(action),
    )


def group_rows(rows: Iterable[BoardRow], by: str) -> list[BoardGroup]:
    """The groups that hold something, in their order; rows keep theirs."""
    find = _FINDERS[Grouping(by)]
    groups: dict[GroupKey, BoardGroup] = {}
    for row in rows:
        for key in find(row):
            groups.setdefault(key, BoardGroup(key[1])).rows.append(row)
    return [groups[key] for key in sorted(groups)]


def _by_priority(row: BoardRow) -> list[GroupKey]:
    priority = row.action.priority
    if priority is None:
        return [((1, 0), _("Toutes les priorités"))]
    return [((0, priority.number), f"{priority.number}. {priority.plain_title}")]


def _by_status(row: BoardRow) -> list[GroupKey]:
    status = row.action.status
    return [(list(ActionStatus).index(status), str(ActionStatus(status).label))]


def _by_lateness(row: BoardRow) -> list[GroupKey]:
    if row.late:
        return [(0, _("En retard"))]
    if row.is_silent:
        return [(1, _("Sans nouvelle depuis 4 mois"))]
    return [(2, _("Sans retard"))] if row.is_open else [(3, _("Réalisées ou abandonnées"))]


def _by_pilot(row: BoardRow) -> list[GroupKey]:
    return _by_names(row.pilots, _("Pilote à désigner") if row.is_open else _("Sans pilote"))


def _by_territory(row: BoardRow) -> list[GroupKey]:
    if row.action.whole_department:
        return [("", _("Tout le département"))]
    names = [territory.name for territory in row.action.territories.all()]
    return _by_names(names, _("Territoire à préciser"))


def _by_dimension(row: BoardRow) -> list[GroupKey]:
    order = list(ActionDimension)
    keys = [
        (str(order.index(ActionDimension(code))), str(ActionDimension(code).label))
        for code in row.action.dimensions
    ]
    return keys or [(_LAST, _("Volet à préciser"))]


def _by_funder(row: BoardRow) -> list[GroupKey]:
    names = dict.fromkeys(funder.name.strip() for funder in row.action.funders.all())
    return _by_names(list(names), _("Aucun financeur écrit"))


def _by_names(names: list[str], otherwise: str) -> list[GroupKey]:
    return [(name.casefold(), name) for name in names] or [(_LAST, otherwise)]


_FINDERS: dict[Grouping, Callable[[BoardRow], list[GroupKey]]] = {
    Grouping.PRIORITY: _by_priority,
    Grouping.STATUS: _by_status,
    Grouping.LATENESS: _by_lateness,
    Grouping.PILOT: _by_pilot,
    Grouping.TERRITORY: _by_territory,
    Grouping.DIMENSION: _by_dimension,
    Grouping.FUNDER: _by_funder,
}
