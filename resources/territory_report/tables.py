"""The tables of the board: the same for the screen, the files and the paper."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.models import ResourceType
from resources.territory_report.distances import Gap
from resources.territory_report.indicators import Figures, per_10_000, percent
from resources.territory_report.report import Board

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and how a cell below it is said."""

    label: str
    say: Callable[[Any], str] = str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts, numbers and days; the first cell of each names it."""

    name: str
    caption: str
    columns: list[Column]
    rows: list[list[Any]]

    @property
    def head(self) -> list[str]:
        return [column.label for column in self.columns]

    @property
    def said(self) -> list[list[str]]:
        """The cells in words."""
        return [
            [NOTHING if value is None else column.say(value) for column, value in self._cells(row)]
            for row in self.rows
        ]

    def _cells(self, row: list[Any]) -> list[tuple[Column, Any]]:
        return list(zip(self.columns, row, strict=True))


def say_number(value: float) -> str:
    return number_format(value, force_grouping=True)


def say_percent(value: int) -> str:
    return _("%(number)s %%") % {"number": value}


def say_day(day: date) -> str:
    return date_format(day, "d/m/Y")


def territories(board: Board) -> Table:
    """« Par territoire »: the first thing that a steering committee asks."""
    rows = [
        [area.name, area.population, *_figures(figures, area.population)]
        for area, figures in board.by_area
    ]
    if board.elsewhere.entries:
        rows.append([_("Ailleurs, ou lieu non dit"), None, *_figures(board.elsewhere, 0)])
    whole = board.ground.whole
    rows.append([whole.name, whole.population, *_figures(board.whole, whole.population)])
    first = [
        Column(_("Territoire")),
        Column(_("Habitants"), say_number),
        *_columns(_("Fiches pour 10 000 habitants"), say_number),
    ]
    return Table("territoires", _("Les fiches, par territoire"), first, rows)


def kinds(board: Board) -> Table:
    """« Par type », with the share of the biggest town."""
    rows = []
    for kind, figures in board.by_kind:
        city = board.city(kind)
        share = city.entries if city else None
        cells = _figures(figures, 0)
        rows.append([kind.name, cells[0], share, *cells[2:]])
    town = board.ground.biggest
    label = _("Part de %(town)s (%%)") % {"town": town.name} if town else _("Part")
    columns = [Column(_("Type de lieu")), *_columns(label, say_percent)]
    return Table("types", _("Les fiches, par type de lieu"), columns, rows)


def _columns(second: str, say: Callable[[Any], str]) -> list[Column]:
    return [
        Column(_("Fiches"), say_number),
        Column(second, say),
        Column(_("Vérifiées depuis moins de six mois (%)"), say_percent),
        Column(_("Jamais vérifiées"), say_number),
        Column(_("Vérification la plus ancienne"), say_day),
        Column(_("Sans référent"), say_number),
        Column(_("Sans téléphone ni e-mail"), say_number),
        Column(_("Incomplètes"), say_number),
    ]


def _figures(figures: Figures, population: int) -> list[Any]:
    return [
        figures.entries,
        per_10_000(figures.entries, population),
        percent(figures.fresh, figures.entries),
        figures.never,
        figures.oldest,
        figures.without_referent,
        figures.without_contact,
        figures.incomplete,
    ]


def matrix(board: Board) -> Table:
    """Type × territory: the share of people who live too far from any place of the type."""
    areas = [*board.ground.areas.values(), board.ground.whole]
    columns = [Column(_("Type de lieu")), *(Column(area.name, say_percent) for area in areas)]
    rows = []
    for kind in board.kinds:
        lacking = {one.area: one.population for one in board.gaps(kind)}
        lacking[board.ground.whole] = board.gap_of_whole(kind).population
        rows.append(
            [kind.name, *(percent(lacking.get(area, 0), area.population) for area in areas)]
        )
    caption = _("Part des habitants à plus de %(km)s km du lieu le plus proche, par territoire")
    return Table("ecarts", caption % {"km": board.km}, columns, rows)


def gaps(board: Board, only: ResourceType | None = None) -> Table:
    """Each gap: the communes, and how many people live there."""
    rows = [
        [
            kind.name,
            one.area.name,
            len(one.zones),
            one.population,
            percent(one.population, one.area.population),
            ", ".join(zone.name for zone in one.zones),
        ]
        for kind in (board.kinds if only is None else [only])
        for one in board.gaps(kind)
    ]
    columns = [
        Column(_("Type de lieu")),
        Column(_("Territoire")),
        Column(_("Communes"), say_number),
        Column(_("Habitants"), say_number),
        Column(_("Part des habitants du territoire (%)"), say_percent),
        Column(_("Lesquelles")),
    ]
    caption = _("Ce qui manque à moins de %(km)s km") % {"km": board.km}
    return Table("manques", caption, columns, rows)


def distances(board: Board, kind: ResourceType) -> Table:
    """Each commune and the nearest place of a type: what the map shows, in figures."""
    reach = board.reach(kind)
    rows: list[list[Any]] = [
        [zone.name, zone.population, None if math.isinf(reach[code]) else round(reach[code])]
        for code, zone in board.ground.zones.items()
    ]
    columns = [
        Column(_("Commune")),
        Column(_("Habitants"), say_number),
        Column(_("Kilomètres jusqu’au plus proche"), say_number),
    ]
    caption = _("%(kind)s : distance à vol d’oiseau depuis chaque commune (0 : sur place)")
    return Table("distances", caption % {"kind": kind.name}, columns, rows)


def sentence(kind: ResourceType, one: Gap, km: int, most: int) -> str:
    """« Pays d’Arles : aucun « GEM » à moins de 30 km de… », for who reads no table."""
    names = [zone.name for zone in one.zones]
    shown = ", ".join(names[:most])
    if len(names) > most:
        rest = ngettext("%(count)s autre", "%(count)s autres", len(names) - most)
        shown = f"{shown} {_('et')} {rest % {'count': len(names) - most}}"
    words = _("%(area)s : aucun « %(kind)s » à moins de %(km)s km de %(names)s (%(people)s).")
    people = ngettext("%(count)s habitant", "%(count)s habitants", one.population)
    return words % {
        "area": one.area.name,
        "kind": kind.name,
        "km": km,
        "names": shown,
        "people": people % {"count": say_number(one.population)},
    }
