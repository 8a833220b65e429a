"""Actions that are late or of which nothing is said, and recommendations without an answer."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actions.choices import PartnerRole
from actions.models import ActionPage, RecommendationPage
from actions.viewsets import last_note, lateness
from portal.text.date_format import format_date
from portal.todo.registry import (
    Subject,
    TodoItem,
    TodoSource,
    TodoStep,
    Urgency,
    register_todo_source,
)
from portal.todo.wording import say_since

TRANSLATED = False

_LISTING = "action_listing:index"


@register_todo_source
class TroubledActions(TodoSource):
    """Late, or under way and silent for four months; « toujours en cours » is said in place."""

    name = "troubled_actions"
    kind = gettext_lazy("Action en retard")
    subject = Subject.ACTIONS
    icon = "list-ul"
    order = 55

    def is_for(self, user: Any) -> bool:
        return bool(user.has_perm("actions.change_actionpage"))

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return _troubled(timezone.localdate(now))

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        today = timezone.localdate(now)
        actions = _troubled(today).in_order()
        for action in actions.prefetch_related("steps", "notes", "partners__resource"):
            yield _late(action, today) if action.is_late_on(today) else _silent(action)

    def more_url(self) -> str:
        return reverse(_LISTING)


def _troubled(today: date) -> Any:
    actions = ActionPage.objects
    late, silent = actions.late(today).values("pk"), actions.silent(today).values("pk")
    own = actions.live().filter(locale__language_code=settings.LANGUAGE_CODE)
    return own.filter(Q(pk__in=late) | Q(pk__in=silent))


def _late(action: ActionPage, today: date) -> TodoItem:
    return TodoItem(
        key=f"late_action:{action.pk}",
        title=action.get_admin_display_title(),
        why=f"{_overdue(action, today)} {_told(action)}",
        step=TodoStep(_("Mettre à jour"), reverse("action_listing:update", args=[action.pk])),
        urgency=Urgency.TODAY,
        since=_late_since(action, today),
    )


def _silent(action: ActionPage) -> TodoItem:
    note = last_note(action)
    return TodoItem(
        key=f"silent_action:{action.pk}",
        title=action.get_admin_display_title(),
        why=_told(action),
        step=TodoStep(_("Mettre à jour"), reverse("action_listing:update", args=[action.pk])),
        since=note["day"] if note else action.start,
        template="actions/admin/todo_still_running.html",
        unfolds=_("Rien n’a changé ?"),
        context={"url": reverse("action_listing:still_running", args=[action.pk])},
        kind=_("Action sans nouvelle"),
    )


def _late_since(action: ActionPage, today: date) -> date:
    dates = [step.due_on for step in action.ordered_steps if step.is_overdue(today)]
    if action.planned_end and action.planned_end < today:
        dates.append(action.planned_end)
    return min(dates, default=today)


def _overdue(action: ActionPage, today: date) -> str:
    """What was due, and how late it is."""
    overdue = [step for step in action.ordered_steps if step.is_overdue(today)]
    first = min(overdue, key=lambda step: step.due_on, default=None)
    late = lateness(action, today)
    if first is None:
        words = _("La fin était prévue le %(day)s. %(late)s.")
        return words % {"day": format_date(_late_since(action, today)), "late": late}
    words = _("L’étape « %(step)s » était prévue le %(day)s. %(late)s.")
    return words % {"step": first.label, "day": format_date(first.due_on), "late": late}


def _told(action: ActionPage) -> str:
    """Who leads it, and since when they said nothing."""
    pilots = [one.label for one in action.partners.all() if one.role == PartnerRole.PILOT]
    who = ", ".join(pilots) or _("Sans pilote")
    note = last_note(action)
    if note is None:
        return _("%(who)s : aucune note dans son journal.") % {"who": who}
    since = say_since(note["day"], timezone.localdate())
    return _("%(who)s : rien de nouveau %(since)s.") % {"who": who, "since": since}


@register_todo_source
class UnansweredRecommendations(TodoSource):
    """All in one line: the answers are decided together."""

    name = "unanswered_recommendations"
    kind = gettext_lazy("Recommandations")
    subject = Subject.ACTIONS
    icon = "help"
    order = 150

    def is_for(self, user: Any) -> bool:
        return bool(user.has_perm("actions.change_recommendationpage"))

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return _unanswered()

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        count = _unanswered().count()
        words = ngettext(
            "Une recommandation n’a pas de réponse publiée",
            "%(count)s recommandations n’ont pas de réponse publiée",
            count,
        )
        yield TodoItem(
            key="unanswered_recommendations",
            title=words % {"count": count},
            why=_("Le public lit que leurs réponses sont attendues."),
            step=TodoStep(_("Voir les recommandations"), reverse("recommendation_listing:index")),
        )


def _unanswered() -> QuerySet:
    return RecommendationPage.objects.live().filter(
        locale__language_code=settings.LANGUAGE_CODE, response=""
    )
