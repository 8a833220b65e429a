"""Table of all communes with their sectors and CMPs, for a page that can be printed."""

from collections import defaultdict
from typing import NamedTuple

from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.geo.models import Commune
from portal.geo.names import short_commune_name
from resources.choices import CommuneShare, SectorAudience
from resources.models.cmp import CmpPage
from resources.models.sector import SectorCommune
from resources.sectors.lookup import cmps_by_sector


class SectorTableRow(NamedTuple):
    """A commune, and a cell of HTML for each audience."""

    name: str
    adults: SafeString
    children: SafeString


class SectorTable:
    """The whole map of sectors in words: three queries, whatever the number of communes."""

    def __init__(self, locale_id: int) -> None:
        self.locale_id = locale_id

    @cached_property
    def communes(self) -> list[Commune]:
        """Those where people live: arrondissements rather than the town they make."""
        communes = list(Commune.objects.in_department().select_related("parent"))
        towns = {commune.parent_id for commune in communes}
        lived_in = [commune for commune in communes if commune.pk not in towns]
        return sorted(lived_in, key=_by_name)

    @cached_property
    def rows(self) -> list[SectorTableRow]:
        return [
            SectorTableRow(short_commune_name(commune.name), *cells)
            for commune in self.communes
            if any(cells := self._cells(commune))
        ]

    @property
    def cells(self) -> list[tuple[str, SafeString | str, SafeString | str]]:
        """The rows as the « tab » component reads them; an unknown cell says so."""
        unknown = _("Pas encore documenté")
        return [(row.name, row.adults or unknown, row.children or unknown) for row in self.rows]

    @property
    def head(self) -> list[str]:
        return [_("Commune"), _("Adultes"), _("Enfants et adolescents")]

    @cached_property
    def unknown(self) -> list[str]:
        """The communes of which nothing is known yet."""
        known = {row.name for row in self.rows}
        names = [short_commune_name(commune.name) for commune in self.communes]
        return [name for name in names if name not in known]

    @cached_property
    def _served(self) -> dict[str, list[SectorCommune]]:
        served: dict[str, list[SectorCommune]] = defaultdict(list)
        for row in SectorCommune.objects.select_related("sector").order_by("sector__code"):
            served[row.commune_id].append(row)
        return served

    @cached_property
    def _cmps(self) -> dict[int, list[CmpPage]]:
        return cmps_by_sector(self.locale_id)

    def _cells(self, commune: Commune) -> tuple[SafeString, SafeString]:
        rows = [*self._served[commune.pk], *self._served[commune.parent_id or ""]]
        adults = [row for row in rows if row.sector.audience == SectorAudience.ADULTE]
        children = [row for row in rows if row.sector.audience != SectorAudience.ADULTE]
        return self._cell(adults), self._cell(children)

    def _cell(self, rows: list[SectorCommune]) -> SafeString:
        return format_html_join(SafeString("<br>"), "{}", ((self._sector(row),) for row in rows))

    def _sector(self, row: SectorCommune) -> SafeString:
        """« 13G12 (une partie) : CMP Belle de Mai, 04 91 50 20 37 »"""
        code = row.sector.code
        if row.part == CommuneShare.PARTIAL:
            code = _("%(sector)s (une partie)") % {"sector": code}
        cmps = self._cmps.get(row.sector_id, [])
        if not cmps:
            return format_html("{}", code)
        names = format_html_join(", ", '<a href="{}">{}</a>{}', map(_cmp_link, cmps))
        return format_html(_("{} : {}"), code, names)


def _cmp_link(cmp: CmpPage) -> tuple[str, str, str]:
    return cmp.url or "", cmp.title, f", {cmp.phone}" if cmp.phone else ""


def _by_name(commune: Commune) -> tuple[str, str]:
    return (commune.parent.slug, commune.pk) if commune.parent else (commune.slug, "")
