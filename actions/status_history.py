"""What the roadmap remembers of states: written at each publication, rebuilt from the revisions."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from wagtail.models import PageLogEntry

from actions.models import ActionPage, ActionStatusChange
from actions.querysets import ActionQuerySet


def note_status(action: ActionPage, on: date) -> ActionStatusChange | None:
    """Keep the published state of ``action`` when it is not the last one that was kept."""
    last = action.status_changes.order_by("on", "pk").last()
    previous = last.status if last else ""
    if previous == action.status:
        return None
    change: ActionStatusChange = action.status_changes.create(
        status=action.status, previous=previous, on=on
    )
    return change


def rebuild_status_changes(actions: ActionQuerySet) -> int:
    """Write the changes of actions that have none, by the revisions that were published.

    A revision that was removed since says nothing: its change then has the day of the next one.
    """
    written = 0
    for action in actions.filter(status_changes=None):
        changes = list(_changes(action))
        ActionStatusChange.objects.bulk_create(changes)
        written += len(changes)
    return written


def _changes(action: ActionPage) -> Iterator[ActionStatusChange]:
    previous = ""
    for status, on in [*_published_statuses(action), (action.status, _last_day(action))]:
        if status != previous:
            yield ActionStatusChange(action=action, status=status, previous=previous, on=on)
            previous = status


def _published_statuses(action: ActionPage) -> Iterator[tuple[str, date]]:
    entries = PageLogEntry.objects.filter(
        page=action.pk, action="wagtail.publish", revision__isnull=False
    )
    for entry in entries.select_related("revision").order_by("timestamp", "pk"):
        yield entry.revision.content["status"], timezone.localdate(entry.timestamp)


def _last_day(action: Any) -> date:
    return timezone.localdate(action.last_published_at or timezone.now())
