"""The tables of the roadmap: states and what changed, figures followed, answers, who and where."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actions.choices import ActionStatus, ParticipationLevel
from actions.models import ActionPage, ActionStatusChange, Indicator, Priority, RecommendationPage
from actions.number_format import plain_number
from portal.base.choices import Public
from portal.exports.tables import ReportColumn, ReportTable, format_number
from portal.geo.models import Territory

#: The « enfants-adolescents » part that every plan has.
YOUTH = (Public.ENFANTS, Public.ADOLESCENTS, Public.ETUDIANTS, Public.ENFANCE_PROTEGEE)
#: The publics that annex 5 of the instruction of 1 December 2025 names.
NAMED_PUBLICS = (
    Public.PERSONNES_AGEES, Public.HANDICAP, Public.JUSTICE, Public.PRECARITE, Public.ADDICTIONS,
    Public.PSYCHOTRAUMA, Public.PARENTS, Public.ISOLEES, Public.TND,
)  # fmt: skip


class IndicatorPlot(NamedTuple):
    """``points``: label and value of each reading of the period, oldest first."""

    indicator: Indicator
    action: Any
    points: list[dict[str, Any]]


class RoadmapPart:
    """The published actions of the source language, examples out, as they were on ``end``."""

    def __init__(self, start: date, end: date) -> None:
        self.start, self.end = start, end

    @cached_property
    def actions(self) -> list[Any]:
        pages = ActionPage.objects.live().without_examples()
        pages = pages.filter(locale__language_code=settings.LANGUAGE_CODE, alias_of=None)
        return list(
            pages.in_order()
            .select_related("priority")
            .prefetch_related("territories", "indicators__values")
        )

    @cached_property
    def _changes(self) -> dict[int, list[ActionStatusChange]]:
        found: dict[int, list[ActionStatusChange]] = {}
        for change in ActionStatusChange.objects.filter(on__lte=self.end):
            found.setdefault(change.action_id, []).append(change)
        return found

    def status(self, action: Any) -> ActionStatus:
        """The state on the last day; the present one where no change is known."""
        changes = self._changes.get(action.pk)
        return ActionStatus(changes[-1].status if changes else action.status)

    def change(self, action: Any) -> str:
        """What changed in the period, the last change told; empty when nothing did."""
        within = [one for one in self._changes.get(action.pk, ()) if one.on >= self.start]
        moved = [one for one in within if one.previous]
        if moved:
            words = {
                "before": ActionStatus(moved[0].previous).label,
                "after": ActionStatus(moved[-1].status).label,
                "month": date_format(moved[-1].on, "F Y"),
            }
            return _("de « %(before)s » à « %(after)s », %(month)s") % words
        return _("nouvelle") if within else ""

    @cached_property
    def counts(self) -> Counter[ActionStatus]:
        return Counter(self.status(action) for action in self.actions)

    @property
    def changed(self) -> int:
        return sum(bool(self.change(action)) for action in self.actions)

    def tables(self) -> Iterator[ReportTable]:
        yield self._by_priority()
        yield self._states()
        yield self._indicators()
        yield self._recommendations()
        yield self._territories()
        yield self._publics("jeunes", _("Enfants et jeunes"), YOUTH)
        yield self._publics("publics", _("Les publics nommés par l’instruction"), NAMED_PUBLICS)
        yield self._participation()

    def _by_priority(self) -> ReportTable:
        names = Priority.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        rows = [
            self._counted(f"{one.number}. {one.plain_title}", one.number)
            for one in names.order_by("order", "number")
        ]
        if any(action.priority is None for action in self.actions):
            rows.append(self._counted(_("Toutes les priorités"), None))
        columns = [ReportColumn(_("Priorité")), *(ReportColumn(str(one.label)) for one in _ORDER)]
        return ReportTable("priorites", _("Les actions, par priorité"), columns, rows)

    def _counted(self, label: str, number: int | None) -> list[Any]:
        mine = [
            one for one in self.actions if (one.priority.number if one.priority else None) == number
        ]
        counts = Counter(self.status(action) for action in mine)
        return [label, *(counts[status] for status in _ORDER)]

    def _states(self) -> ReportTable:
        columns = [
            ReportColumn(_("Action")), ReportColumn(_("État")),
            ReportColumn(_("Ce qui a changé")),
        ]  # fmt: skip
        rows = [
            [f"{one.reference} – {one.title}", str(self.status(one).label), self.change(one)]
            for one in self.actions
        ]
        return ReportTable("actions", _("Les actions, une par une"), columns, rows)

    @cached_property
    def plots(self) -> list[IndicatorPlot]:
        """The indicators that were read in the period."""
        return [
            IndicatorPlot(indicator, action, points)
            for action in self.actions
            for indicator in action.indicators.all()
            if (points := self._points(indicator))
        ]

    def _points(self, indicator: Indicator) -> list[dict[str, Any]]:
        return [
            {"label": date_format(one.date, "F Y"), "value": one.plain_value}
            for one in indicator.readings
            if self.start <= one.date <= self.end
        ]

    def _indicators(self) -> ReportTable:
        columns = [
            ReportColumn(_("Chiffre suivi")), ReportColumn(_("Action")),
            ReportColumn(_("Avant"), format_number), ReportColumn(_("À la fin"), format_number),
            ReportColumn(_("But"), format_number), ReportColumn(_("Source")),
        ]  # fmt: skip
        rows = [
            self._figures(action, one) for action in self.actions for one in action.indicators.all()
        ]
        return ReportTable("chiffres", _("Les chiffres suivis"), columns, rows)

    def _figures(self, action: Any, indicator: Indicator) -> list[Any]:
        label = f"{indicator.label} ({indicator.unit})" if indicator.unit else indicator.label
        before = [one for one in indicator.readings if one.date < self.start]
        until = [one for one in indicator.readings if one.date <= self.end]
        first = before[-1].value if before else indicator.baseline
        last = until[-1].value if until else None
        return [
            label,
            action.reference,
            *map(_plain, (first, last, indicator.target)),
            indicator.source,
        ]

    def _recommendations(self) -> ReportTable:
        columns = [
            ReportColumn(_("Recommandation")), ReportColumn(_("Réponse")),
            ReportColumn(_("Actions")),
        ]  # fmt: skip
        pages = RecommendationPage.objects.live()
        pages = pages.filter(locale__language_code=settings.LANGUAGE_CODE, alias_of=None)
        rows = [
            [
                one.title,
                one.response_label if one.response else _("attendue"),
                ", ".join(action.reference for action in one.answers),
            ]
            for one in pages.in_order().table()
        ]
        return ReportTable("recommandations", _("Les réponses à l’évaluation"), columns, rows)

    def _territories(self) -> ReportTable:
        everywhere = sum(action.whole_department for action in self.actions)
        counted = Counter(
            territory.pk for action in self.actions for territory in action.territories.all()
        )
        rows = [[one.name, counted[one.pk]] for one in Territory.objects.all()]
        rows.append([_("Tout le département"), everywhere])
        return _counts("territoires", _("Les actions, par territoire"), _("Territoire"), rows)

    def _publics(self, name: str, caption: str, publics: Iterable[Public]) -> ReportTable:
        counted = Counter(public for action in self.actions for public in action.publics)
        rows = [[str(public.label), counted[public]] for public in publics]
        return _counts(name, caption, _("Public"), rows)

    def _participation(self) -> ReportTable:
        counted = Counter(action.participation for action in self.actions)
        rows = [[str(level.label), counted[level]] for level in ParticipationLevel]
        caption = _("La place des personnes concernées et des proches")
        return _counts("participation", caption, _("Comment"), rows)


_ORDER = (
    ActionStatus.DONE, ActionStatus.RUNNING, ActionStatus.UPCOMING, ActionStatus.PROPOSED,
    ActionStatus.PAUSED, ActionStatus.DROPPED,
)  # fmt: skip


def _counts(name: str, caption: str, first: str, rows: list[list[Any]]) -> ReportTable:
    columns = [ReportColumn(first), ReportColumn(_("Actions"), format_number)]
    return ReportTable(name, caption, columns, rows)


def _plain(value: Any) -> int | float | None:
    return None if value is None else plain_number(value)
