"""The first hour, until the portal opens."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.setup.models import PortalOpening
from home.setup.steps import get_progress
from home.setup.views import PERMISSION
from portal.todo.registry import (
    Subject,
    TodoItem,
    TodoSource,
    TodoStep,
    Urgency,
    register_todo_source,
)

TRANSLATED = False


@register_todo_source
class Opening(TodoSource):
    name = "opening"
    kind = gettext_lazy("Avant d’ouvrir")
    subject = Subject.PORTAL
    icon = "clipboard-list"
    order = 1

    def is_for(self, user: Any) -> bool:
        return bool(user.has_perm(PERMISSION))

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return PortalOpening.objects.filter(opened_at=None)

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        progress = get_progress()
        words = _("%(percent)s %% fait. La suite : « %(step)s ».")
        yield TodoItem(
            key="opening",
            title=_("Votre portail en une heure"),
            why=words % {"percent": progress.percent, "step": progress.next.step.title},
            step=TodoStep(_("Continuer"), reverse("setup:start")),
            urgency=Urgency.TODAY,
            longest=timedelta(days=31),
        )
