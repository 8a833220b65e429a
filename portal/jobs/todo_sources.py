"""What could not be published at its hour."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin.admin_url_finder import AdminURLFinder

from portal.jobs.models.blocked_publication import BlockedPublication
from portal.jobs.report import format_moment
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
class BlockedPublications(TodoSource):
    name = "blocked_publications"
    kind = gettext_lazy("Publication impossible")
    subject = Subject.CONTENT
    icon = "warning"
    order = 20

    def is_for(self, user: Any) -> bool:
        return bool(user.has_perm("wagtailadmin.access_admin"))

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return BlockedPublication.objects.waiting()

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        finder = AdminURLFinder(user)
        for one in BlockedPublication.objects.waiting():
            url = finder.get_edit_url(one.revision.content_object)
            if not url:
                continue
            when = format_moment(one.revision.approved_go_live_at)
            words = _(
                "Devait paraître le %(when)s. %(reason)s Le portail réessaie chaque minute. Pour "
                "corriger le contenu lui-même, annulez d’abord sa programmation."
            )
            yield TodoItem(
                key=f"blocked:{one.revision_id}",
                title=str(one),
                why=words % {"when": when, "reason": one.reason},
                step=TodoStep(_("Ouvrir et corriger"), url),
                since=one.since,
                urgency=Urgency.TODAY,
            )
