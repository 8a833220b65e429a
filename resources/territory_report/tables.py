"""Tables of the report, the same on screen, in files and in print."""

import math
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.exports.tables import (
    ReportColumn,
    ReportTable,
    format_day,
    format_number,
    format_percent,
)
from resources.models import ResourceType
from resources.territory_report.distances import CoverageGap
from resources.territory_report.indicators import EntryIndicators, per_10_000, percent
from resources.territory_report.report import TerritoryReport


def territories_table(board: TerritoryReport) -> ReportTable:
    """« Par territoire »: the first thing that a steering committee asks."""
    rows = [
        [area.name, area.population, *_figures(figures, area.population)]
        for area, figures in board.by_area
    ]
    if board.elsewhere.entries:
        rows.append([_("Ailleurs, ou lieu non dit"), None, *_figures(board.elsewhere, 0)])
    whole = board.ground.whole
    rows.append([whole.name, whole.population, *_figures(board.whole, whole.population)])
    if board.everywhere.entries:
        apart = _("À part : lignes et services de tout le département")
        rows.append([apart, None, *_figures(board.everywhere, 0)])
    first = [
        ReportColumn(_("Territoire")),
        ReportColumn(_("Habitants"), format_number),
        *_columns(_("Fiches pour 10 000 habitants"), format_number),
    ]
    return ReportTable("territoires", _("Les fiches, par territoire"), first, rows)


def types_table(board: TerritoryReport) -> ReportTable:
    """« Par type », with the share of the biggest town."""
    rows = []
    for kind, figures in board.by_kind:
        city = board.city(kind)
        share = city.entries if city else None
        cells = _figures(figures, 0)
        rows.append([kind.name, cells[0], share, *cells[2:]])
    town = board.ground.biggest
    label = _("Part de %(town)s (%%)") % {"town": town.name} if town else _("Part")
    columns = [ReportColumn(_("Type de lieu")), *_columns(label, format_percent)]
    return ReportTable("types", _("Les fiches, par type de lieu"), columns, rows)


def _columns(second: str, format_second: Callable[[Any], str]) -> list[ReportColumn]:
    return [
        ReportColumn(_("Fiches"), format_number),
        ReportColumn(second, format_second),
        ReportColumn(_("Vérifiées depuis moins de six mois (%)"), format_percent),
        ReportColumn(_("Jamais vérifiées"), format_number),
        ReportColumn(_("Vérification la plus ancienne"), format_day),
        ReportColumn(_("Sans référent"), format_number),
        ReportColumn(_("Sans téléphone ni e-mail"), format_number),
        ReportColumn(_("Incomplètes"), format_number),
    ]


def _figures(figures: EntryIndicators, population: int) -> list[Any]:
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


def coverage_table(board: TerritoryReport) -> ReportTable:
    """Type × territory: the share of people who live too far from any place of the type."""
    areas = [*board.ground.areas.values(), board.ground.whole]
    columns = [
        ReportColumn(_("Type de lieu")),
        *(ReportColumn(area.name, format_percent) for area in areas),
    ]
    rows = []
    for kind in board.kinds:
        lacking = {one.area: one.population for one in board.gaps(kind)}
        lacking[board.ground.whole] = board.gap_of_whole(kind).population
        rows.append(
            [kind.name, *(percent(lacking.get(area, 0), area.population) for area in areas)]
        )
    caption = _("Part des habitants à plus de %(km)s km du lieu le plus proche, par territoire")
    return ReportTable("ecarts", caption % {"km": board.km}, columns, rows)


def gaps_table(board: TerritoryReport, only: ResourceType | None = None) -> ReportTable:
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
        ReportColumn(_("Type de lieu")),
        ReportColumn(_("Territoire")),
        ReportColumn(_("Communes"), format_number),
        ReportColumn(_("Habitants"), format_number),
        ReportColumn(_("Part des habitants du territoire (%)"), format_percent),
        ReportColumn(_("Lesquelles")),
    ]
    caption = _("Ce qui manque à moins de %(km)s km") % {"km": board.km}
    return ReportTable("manques", caption, columns, rows)


def distances_table(board: TerritoryReport, kind: ResourceType) -> ReportTable:
    """Each commune and the nearest place of a type: what the map shows, in figures."""
    reach = board.reach(kind)
    rows: list[list[Any]] = [
        [zone.name, zone.population, None if math.isinf(reach[code]) else round(reach[code])]
        for code, zone in board.ground.zones.items()
    ]
    columns = [
        ReportColumn(_("Commune")),
        ReportColumn(_("Habitants"), format_number),
        ReportColumn(_("Kilomètres jusqu’au plus proche"), format_number),
    ]
    caption = _("%(kind)s : distance à vol d’oiseau depuis chaque commune (0 : sur place)")
    return ReportTable("distances", caption % {"kind": kind.name}, columns, rows)


def gap_sentence(kind: ResourceType, one: CoverageGap, km: int, most: int) -> str:
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
        "people": people % {"count": format_number(one.population)},
    }
