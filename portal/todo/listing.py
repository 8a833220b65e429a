"""The list of one person: what waits for them, in order, without what they put off."""

import logging
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.todo.models import Postponement
from portal.todo.registry import (
    Subject,
    TodoItem,
    TodoSource,
    TodoStep,
    Urgency,
    todo_sources,
)
from portal.todo.wording import day_of
from portal.users.models import User

logger = logging.getLogger(__name__)

#: A source that gives more is cut there: nobody reads further.
_READ_AT_MOST = 200
_FAR = date.max


@dataclass(frozen=True, slots=True)
class TodoLine:
    """An item with its source; ``until``: the day when what was put off comes back."""

    item: TodoItem
    source: TodoSource
    until: date | None = None


@dataclass(frozen=True, slots=True)
class TodoPart:
    """The lines of one urgency."""

    title: str
    hint: str
    lines: list[TodoLine]


@dataclass(frozen=True, slots=True)
class TodoList:
    """What waits for one person, and what they put off (``later``)."""

    lines: list[TodoLine] = field(default_factory=list)
    later: list[TodoLine] = field(default_factory=list)

    def parts(self, subject: str = "") -> list[TodoPart]:
        """By urgency; of one subject when it is named."""
        wanted = [one for one in self.lines if not subject or one.source.subject == subject]
        parts = [
            TodoPart(title, hint, [one for one in wanted if one.item.urgency == urgency])
            for urgency, title, hint in _parts()
        ]
        return [part for part in parts if part.lines]

    def subjects(self) -> list[tuple[Subject, int]]:
        """Those that something waits for, each with how many."""
        counted = [
            (subject, sum(one.source.subject == subject for one in self.lines))
            for subject in Subject
        ]
        return [(subject, count) for subject, count in counted if count]

    def find(self, key: str) -> TodoItem | None:
        return next((one.item for one in self.lines if one.item.key == key), None)


def _parts() -> list[tuple[Urgency, str, str]]:
    return [
        (Urgency.PEOPLE, _("Des personnes attendent"), _("la réponse se fait ici")),
        (
            Urgency.TODAY,
            _("À faire aujourd’hui"),
            _("ce qui a une date, ou que le public lit en ce moment"),
        ),
        (Urgency.WEEK, _("Cette semaine"), _("si vous avez le temps")),
    ]


def get_todo_list(user: Any, now: datetime | None = None) -> TodoList:
    """Read every source that concerns ``user``; one that fails hides none of the others."""
    now = now or timezone.now()
    put_off = dict(
        Postponement.objects.in_force(user, timezone.localdate(now)).values_list("key", "until")
    )
    found = TodoList()
    for source in _with_something(user, now):
        items = _read(source, user, now)
        later = [TodoLine(one, source, put_off[one.key]) for one in items if one.key in put_off]
        waiting = [one for one in items if one.key not in put_off]
        found.later.extend(later)
        for urgency in Urgency:
            some = [one for one in waiting if one.urgency == urgency]
            found.lines.extend(TodoLine(one, source) for one in _shorten(source, some))
    found.lines.sort(key=_rank)
    found.later.sort(key=lambda one: one.until or _FAR)
    return found


def _with_something(user: Any, now: datetime) -> list[TodoSource]:
    """The sources that concern ``user`` and may have an item, in one query for all of them."""
    sources = [source for source in todo_sources() if source.is_for(user)]
    gates = {
        f"has_{source.name}": Exists(rows.order_by())
        for source in sources
        if (rows := source.waiting(user, now)) is not None
    }
    answers: dict[str, bool] = {}
    if gates:
        answers = User.objects.filter(pk=user.pk).annotate(**gates).values(*gates).first() or {}
    return [source for source in sources if answers.get(f"has_{source.name}", True)]


def _read(source: TodoSource, user: Any, now: datetime) -> list[TodoItem]:
    try:
        return list(islice(source.items(user, now), _READ_AT_MOST))
    except Exception:
        logger.exception("The source %s of the list could not be read.", source.name)
        return [_unread(source)]


def _shorten(source: TodoSource, items: list[TodoItem]) -> list[TodoItem]:
    """The first ones, then one line for all the others."""
    left = len(items) - source.most
    if left <= 1:
        return items
    words = ngettext("Et %(count)s autre", "Et %(count)s autres", left) % {"count": left}
    url = source.more_url() or items[source.most].step.url
    more = TodoItem(
        key=f"{source.name}:more:{items[source.most].urgency}",
        title=words,
        why=_("Les premières d’abord : les autres attendent dans leur liste."),
        step=TodoStep(_("Voir toute la liste"), url),
        urgency=items[source.most].urgency,
        since=items[source.most].since,
    )
    return [*items[: source.most], more]


def _unread(source: TodoSource) -> TodoItem:
    return TodoItem(
        key=f"{source.name}:unread",
        title=_("« %(kind)s » : cette partie de la liste n’a pas pu être lue")
        % {"kind": source.kind},
        why=_("Le reste de la liste est juste. La personne qui héberge le portail verra pourquoi."),
        step=TodoStep(_("Recharger la page"), ""),
        urgency=Urgency.TODAY,
        longest=timedelta(days=7),
    )


def _rank(line: TodoLine) -> tuple[int, int, date]:
    """By urgency, then as the sources are ordered; in a source, the oldest first."""
    since = line.item.since
    is_more = line.item.key.startswith(f"{line.source.name}:more:")
    return line.item.urgency, line.source.order, day_of(since) if since and not is_more else _FAR
