"""What pilots wrote of their actions, and nobody has read yet."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import PilotUpdate
from actions.pilots.admin_views import POLICY
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


@register_todo_source
class PilotUpdates(TodoSource):
    name = "pilot_updates"
    kind = gettext_lazy("Nouvelle d’un pilote")
    subject = Subject.ACTIONS
    icon = "comment"
    order = 32
    tells_arrivals = True

    def is_for(self, user: Any) -> bool:
        return bool(POLICY.user_has_any_permission(user, ["change"]))

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return PilotUpdate.objects.waiting()

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        today = timezone.localdate(now)
        for update in PilotUpdate.objects.waiting().select_related("action"):
            words = (
                _("Dit que rien n’a changé. Attend votre accord %(since)s.")
                if update.nothing_changed
                else _("Attend votre accord %(since)s : rien n’est public d’ici là.")
            )
            yield TodoItem(
                key=f"pilot_update:{update.pk}",
                title=update.action.get_admin_display_title(),
                why=words % {"since": say_since(update.received_at, today)},
                step=TodoStep(_("Relire et répondre"), reverse("pilot_update", args=[update.pk])),
                since=update.received_at,
                urgency=Urgency.PEOPLE,
            )

    def more_url(self) -> str:
        return reverse("pilot_updates")
