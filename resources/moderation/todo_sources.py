"""The changes to entries that wait for an approval."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.todo.registry import (
    Subject,
    TodoItem,
    TodoSource,
    TodoStep,
    Urgency,
    register_todo_source,
)
from portal.todo.wording import say_since
from resources.moderation.pending import pending_entries
from resources.moderation.viewsets import POLICY

TRANSLATED = False


@register_todo_source
class ProposedChanges(TodoSource):
    name = "directory_changes"
    kind = gettext_lazy("Changement proposé")
    subject = Subject.DIRECTORY
    icon = "edit"
    order = 30

    def is_for(self, user: Any) -> bool:
        return bool(POLICY.user_has_any_permission(user, ["publish"]))

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return pending_entries()

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        today = timezone.localdate(now)
        for entry in pending_entries():
            since = entry.latest_revision_created_at or now
            words = _("Attend votre accord %(since)s. La fiche publique ne change pas d’ici là.")
            yield TodoItem(
                key=f"directory_change:{entry.pk}:{entry.latest_revision_id}",
                title=_("%(entry)s : un changement est proposé") % {"entry": entry.title},
                why=words % {"since": say_since(since, today)},
                step=TodoStep(
                    _("Relire et répondre"), reverse("directory_change", args=[entry.pk])
                ),
                since=since,
                urgency=Urgency.PEOPLE,
            )

    def more_url(self) -> str:
        return reverse("directory_changes")
