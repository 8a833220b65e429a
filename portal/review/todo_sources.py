"""Help numbers that nobody has read at their source for a month."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.review.help_line_review import late_lines
from portal.review.help_line_views import POLICY
from portal.text.date_format import format_date
from portal.todo.registry import (
    Subject,
    TodoItem,
    TodoSource,
    TodoStep,
    Urgency,
    register_todo_source,
)

TRANSLATED = False

_NAMED = 4
#: Verified in the line; the others have their list.
_SHOWN = 6


@register_todo_source
class LateHelpLines(TodoSource):
    """All in one line, each verified there; may not wait for more than a month."""

    name = "help_lines"
    kind = gettext_lazy("Numéros d’aide")
    subject = Subject.PORTAL
    icon = "mobile-alt"
    order = 10

    def is_for(self, user: Any) -> bool:
        return bool(POLICY.user_has_any_permission(user, ["change"]))

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return late_lines(timezone.localdate(now))

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        late = list(late_lines(timezone.localdate(now)))
        if not late:
            return
        names = ", ".join(line.number for line in late[:_NAMED])
        words = ngettext(
            "Un numéro à vérifier : %(names)s",
            "%(count)s numéros à vérifier : %(names)s",
            len(late),
        )
        oldest = min(line.verified_on for line in late)
        why = _("Lus à leur source pour la dernière fois le %(day)s, et montrés au public.")
        yield TodoItem(
            key="help_lines",
            title=words
            % {"count": len(late), "names": names + ("…" if len(late) > _NAMED else "")},
            why=why % {"day": format_date(oldest)},
            step=TodoStep(_("Voir tous les numéros"), reverse("help_review")),
            since=oldest,
            urgency=Urgency.TODAY,
            template="review/todo_help_lines.html",
            unfolds=_("Vérifier ici"),
            context={"lines": late[:_SHOWN], "left": len(late[_SHOWN:])},
            longest=timedelta(days=31),
        )
