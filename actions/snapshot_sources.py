"""What each month's snapshot counts of the roadmap."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from actions.choices import ActionStatus
from actions.models import ActionPage, ActionStatusChange, RecommendationPage
from actions.status_history import rebuild_status_changes
from portal.history.published_pages import published_on
from portal.history.registry import Figure, SnapshotSource, register_snapshot_source

Pages = TypeVar("Pages", bound=QuerySet)

ACTIONS, BY_STATUS, BY_PRIORITY = "actions", "actions_by_status", "actions_by_priority"
DONE_BY_PRIORITY, LATE = "actions_done_by_priority", "actions_late"
RECOMMENDATIONS, ANSWERED = "recommendations", "recommendations_answered"


def count_roadmap() -> Iterator[Figure]:
    """As the page of the roadmap counts today."""
    actions = _in_source(ActionPage.objects.live().without_examples())
    yield from _by_status(actions.values_list("status", "priority__number"))
    yield Figure(LATE, actions.late().count())
    recommendations = _in_source(RecommendationPage.objects.live())
    yield Figure(RECOMMENDATIONS, recommendations.count())
    yield Figure(ANSWERED, recommendations.exclude(response="").count())


def count_roadmap_on(day: date) -> Iterator[Figure]:
    """The actions that were public then, each in the state that its changes tell.

    Lateness and answers are left out: what dates were promised then is not known any more.
    """
    changes = ActionStatusChange.objects.filter(action=OuterRef("pk"), on__lte=day)
    then = changes.order_by("-on", "-pk").values("status")[:1]
    actions = published_on(_in_source(ActionPage.objects.without_examples()), day)
    known = actions.annotate(status_then=Subquery(then)).exclude(status_then=None)
    yield from _by_status(known.values_list("status_then", "priority__number"))


def _in_source(pages: Pages) -> Pages:
    return pages.filter(locale__language_code=settings.LANGUAGE_CODE)


def _by_status(rows: Iterable[tuple[str, int | None]]) -> Iterator[Figure]:
    rows = list(rows)
    if not rows:
        return
    yield Figure(ACTIONS, len(rows))
    statuses = Counter(status for status, _number in rows)
    for status in ActionStatus:
        yield Figure(BY_STATUS, statuses[status], status.value, str(status.label))
    priorities = Counter(number for _status, number in rows)
    done = Counter(number for status, number in rows if status == ActionStatus.DONE)
    for number in sorted(priorities, key=lambda number: (number is None, number)):
        scope = "" if number is None else str(number)
        words = _("Toutes les priorités") if number is None else _("Priorité %s") % number
        yield Figure(BY_PRIORITY, priorities[number], scope or "toutes", str(words))
        yield Figure(DONE_BY_PRIORITY, done[number], scope or "toutes", str(words))


register_snapshot_source(
    SnapshotSource(
        "roadmap",
        _("La feuille de route"),
        {
            ACTIONS: _("Actions publiées"),
            BY_STATUS: _("Actions, par état"),
            BY_PRIORITY: _("Actions, par priorité"),
            DONE_BY_PRIORITY: _("Actions réalisées, par priorité"),
            LATE: _("Actions en retard"),
            RECOMMENDATIONS: _("Recommandations publiées"),
            ANSWERED: _("Recommandations qui ont une réponse"),
        },
        count_roadmap,
        count_roadmap_on,
        lambda: rebuild_status_changes(_in_source(ActionPage.objects.live())),
        order=10,
    )
)
