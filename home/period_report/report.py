"""The whole report of a period: sentences, tables, plots."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.choices import ActionStatus
from home.models import PeriodReport
from home.period_report.actions import IndicatorPlot, RoadmapPart
from newsletter.models import EventPage, Mailing
from portal.exports.tables import ReportColumn, ReportTable, format_day, format_number
from portal.history.comparison import compare
from portal.history.models import Snapshot
from resources.territory_report.distances import USUAL
from resources.territory_report.report import TerritoryReport


class ReportContent:
    """What a report says; its figures are read once, when they are asked for."""

    def __init__(self, report: PeriodReport) -> None:
        self.report = report
        self.roadmap = RoadmapPart(report.start, report.until)

    @property
    def sentences(self) -> list[str]:
        """The report in a few sentences, for who reads no table."""
        done = self.roadmap.counts[ActionStatus.DONE]
        running = self.roadmap.counts[ActionStatus.RUNNING]
        changed = self.roadmap.changed
        said = [
            ngettext("%(n)s action est réalisée.", "%(n)s actions sont réalisées.", done)
            % {"n": done},
            ngettext("%(n)s action est en cours.", "%(n)s actions sont en cours.", running)
            % {"n": running},
        ]
        if changed:
            told = ngettext(
                "%(n)s action a changé d’état.", "%(n)s actions ont changé d’état.", changed
            )
            said.append(told % {"n": changed})
        return said

    @property
    def plots(self) -> list[IndicatorPlot]:
        return self.roadmap.plots

    @cached_property
    def tables(self) -> list[ReportTable]:
        """Those that have something to tell, each with a name that is its own."""
        found = [*self.roadmap.tables(), self._directory(), self._letters(), self._events()]
        return [table for table in [*found, *self._compared()] if table.rows]

    def table(self, name: str) -> ReportTable | None:
        return next((table for table in self.tables if table.name == name), None)

    def _directory(self) -> ReportTable:
        board = TerritoryReport(USUAL)
        whole = board.whole
        rows: list[list[Any]] = [
            [_("Fiches publiées"), whole.entries],
            [_("Fiches vérifiées depuis moins de six mois"), whole.fresh],
            [_("Fiches jamais vérifiées"), whole.never],
            [_("Fiches sans référent"), whole.without_referent],
            [_("Fiches incomplètes"), whole.incomplete],
        ]
        city = board.city()
        if city is not None and city.entries is not None:
            rows.append([_("Part des fiches à %(city)s (%%)") % {"city": city.name}, city.entries])
        rows += [
            [_("Aucun lieu connu : %(kind)s") % {"kind": kind.name}, 0]
            for kind, figures in board.by_kind
            if not figures.entries
        ]
        columns = [ReportColumn(_("Ce qui est compté")), ReportColumn(_("Nombre"), format_number)]
        return ReportTable("annuaire", _("L’annuaire, aujourd’hui"), columns, rows)

    def _letters(self) -> ReportTable:
        sent = Mailing.objects.filter(
            finished_at__date__range=(self.report.start, self.report.until)
        ).order_by("finished_at")
        columns = [
            ReportColumn(_("Numéro")), ReportColumn(_("Partie le"), format_day),
            ReportColumn(_("Destinataires"), format_number),
        ]  # fmt: skip
        rows = [[one.title, timezone.localdate(one.finished_at), one.recipients] for one in sent]
        return ReportTable("lettres", _("Les lettres"), columns, rows)

    def _events(self) -> ReportTable:
        held = EventPage.objects.live().filter(
            locale__language_code=settings.LANGUAGE_CODE,
            alias_of=None,
            start__date__range=(self.report.start, self.report.until),
        )
        columns = [
            ReportColumn(_("Rencontre")), ReportColumn(_("Le"), format_day),
            ReportColumn(_("Où")),
        ]  # fmt: skip
        rows = [
            [one.title, timezone.localdate(one.start), one.place] for one in held.order_by("start")
        ]
        return ReportTable("rencontres", _("Les rencontres"), columns, rows)

    @cached_property
    def snapshots(self) -> tuple[Snapshot, Snapshot] | None:
        """The two nearest to the ends of the period; ``None`` when they are one."""
        kept = list(Snapshot.objects.all())
        if not kept:
            return None
        first, last = (
            min(kept, key=lambda one: abs(one.day - day))
            for day in (self.report.start, self.report.until)
        )
        return (first, last) if first != last else None

    def _compared(self) -> Iterator[ReportTable]:
        if self.snapshots is None:
            return
        for table in compare(*self.snapshots):
            caption = _("%(subject)s, entre deux relevés") % {"subject": table.caption}
            yield ReportTable(f"evolution-{table.name}", caption, table.columns, table.rows)
