"""Presenter of the roadmap: filtered, grouped by priority or laid out by year."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import F
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from wagtail.models import Page

from actions.choices import COMMITTED, ActionStatus, PartnerRole
from actions.models import ActionPage, ActionPartner, Priority
from actions.progress import ActionProgress
from actions.roadmap.filters import ActionFilterForm, pilot_key
from portal.geo.models import Territory

PER_PAGE = 100
_STARTED = (ActionStatus.RUNNING, ActionStatus.PAUSED, ActionStatus.DONE, ActionStatus.DROPPED)


@dataclass(frozen=True, slots=True)
class RoadmapGroup:
    """The actions of one priority; ``priority`` is None for those that serve all of them."""

    priority: Any
    actions: list[Any]
    progress: ActionProgress


@dataclass(frozen=True, slots=True)
class RoadmapMoment:
    """A dated moment of an action: its start, its end or a step."""

    date: date
    label: str
    action: Any
    state: str  # « done », « late » or empty


class RoadmapPresenter:
    """Everything that the page of the roadmap shows, for one address.

    The number of queries does not depend on the number of actions: one for the actions,
    one for the priorities, one for the territories, one for those who lead, and one more
    for the steps when they are laid along the years.
    """

    def __init__(self, index_page: Page, data: QueryDict) -> None:
        published = ActionPage.objects.child_of(index_page).live()
        self._examples = published.filter(is_example=True)
        self._all = published.without_examples()
        self._locale_id = index_page.locale_id
        self.form = ActionFilterForm(
            data,
            priorities=self.priorities,
            territories=self.territories,
            pilots=self._pilot_names,
        )
        self._asked_page = data.get("page", "")

    @cached_property
    def priorities(self) -> list[Any]:
        return list(Priority.objects.filter(locale=self._locale_id).order_by("order", "number"))

    @cached_property
    def _territory_rows(self) -> list[Any]:
        """Each territory as many times as it has actions, at least once."""
        rows = Territory.objects.annotate(action_pk=F("actions"))
        return list(rows.order_by("order", "name"))

    @property
    def territories(self) -> list[Any]:
        return list({row.pk: row for row in self._territory_rows}.values())

    @cached_property
    def _leaders(self) -> dict[int, list[str]]:
        """The names of those who lead each published action, pilots first."""
        rows = (
            ActionPartner.objects.filter(
                page__in=self._all.order_by().values("pk"),
                role__in=(PartnerRole.PILOT, PartnerRole.COPILOT),
            )
            .select_related("resource")
            .order_by("-role", "sort_order")
        )
        leaders: dict[int, list[str]] = defaultdict(list)
        for row in rows:
            if row.label:
                leaders[row.page_id].append(row.label)
        return leaders

    @property
    def _pilot_names(self) -> dict[str, str]:
        return {pilot_key(name): name for names in self._leaders.values() for name in names}

    @property
    def _pages_by_pilot(self) -> dict[str, set[int]]:
        pages: dict[str, set[int]] = defaultdict(set)
        for page_id, names in self._leaders.items():
            for name in names:
                pages[pilot_key(name)].add(page_id)
        return pages

    @cached_property
    def actions(self) -> list[Any]:
        """The actions asked for, in order, each with what a list says of it."""
        found = self.form.apply(self._all, self._pages_by_pilot).in_order().for_list()
        if self.form.view == "calendrier":
            found = found.prefetch_related("steps")
        actions = list(found)
        places: dict[int, list[str]] = defaultdict(list)
        for row in self._territory_rows:
            places[row.action_pk].append(row.name)
        for action in actions:
            action.leaders = self._leaders.get(action.pk, [])
            action.territory_names = places.get(action.pk, [])
        return actions

    @cached_property
    def example(self) -> Any:
        """The invented sheet that shows what a followed action looks like; None without one."""
        return self._examples.in_order().first()

    @cached_property
    def shown(self) -> PaginatorPage:
        """One page of the filtered actions."""
        return Paginator(self.actions, PER_PAGE).get_page(self._asked_page)

    @property
    def progress(self) -> ActionProgress:
        return progress_of(self.actions)

    @property
    def groups(self) -> list[RoadmapGroup]:
        """The actions of this page grouped by priority, in the language of the page."""
        by_number: dict[int | None, list[Any]] = defaultdict(list)
        for action in self.shown:
            by_number[action.priority_number].append(action)
        in_language = {priority.number: priority for priority in self.priorities}
        return [
            RoadmapGroup(in_language.get(number), actions, progress_of(actions))
            for number, actions in by_number.items()
        ]

    @cached_property
    def moments_by_year(self) -> list[tuple[int, list[RoadmapMoment]]]:
        """What is dated in the actions shown, oldest first."""
        moments = sorted(
            (moment for action in self.shown for moment in _moments_of(action)),
            key=lambda moment: moment.date,
        )
        years: dict[int, list[RoadmapMoment]] = defaultdict(list)
        for moment in moments:
            years[moment.date.year].append(moment)
        return list(years.items())

    @property
    def undated(self) -> list[Any]:
        return [action for action in self.shown if not _moments_of(action)]

    @property
    def list_url(self) -> str:
        return self.form.url_with(vue="")

    @property
    def calendar_url(self) -> str:
        return self.form.url_with(vue="calendrier")

    @property
    def kept_query(self) -> str:
        """Query string that the links of the pagination keep."""
        return self.form.url_with().removeprefix("?").removeprefix(".")


def progress_of(actions: Iterable[Any]) -> ActionProgress:
    actions = list(actions)
    return ActionProgress(
        counts=Counter(action.status for action in actions),
        late=sum(bool(action.is_late) for action in actions),
    )


def _moments_of(action: Any) -> list[RoadmapMoment]:
    """Its start, its end and, when they were read, its dated steps."""
    moments = [_dated(action, action.start, _("Début"), is_done=action.status in _STARTED)]
    if action.actual_end:
        moments.append(_dated(action, action.actual_end, _("Fin"), is_done=True))
    else:
        moments.append(_dated(action, action.planned_end, _("Fin prévue"), is_done=False))
    for step in action.steps.all():
        day = step.done_on or step.due_on
        moments.append(_dated(action, day, step.label, is_done=step.is_done))
    return [moment for moment in moments if moment]


def _dated(action: Any, day: date | None, label: str, *, is_done: bool) -> RoadmapMoment | None:
    if day is None:
        return None
    is_past = day < timezone.localdate() and action.status in COMMITTED
    return RoadmapMoment(day, label, action, "done" if is_done else "late" if is_past else "")
