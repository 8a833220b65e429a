"""Imports that failed, wrote a part only, or wait for a yes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.imports.choices import ImportState
from portal.imports.models import ImportRun
from portal.todo.registry import Subject, TodoItem, TodoSource, TodoStep, register_todo_source
from portal.todo.wording import say_since

TRANSLATED = False

#: A file that nobody went back to is forgotten by then.
_SHOWN_FOR = timedelta(days=14)


@register_todo_source
class UnfinishedImports(TodoSource):
    """To who asked for them: the others did not see the file."""

    name = "imports"
    kind = gettext_lazy("Fichier importé")
    subject = Subject.PORTAL
    icon = "upload"
    order = 90

    def is_for(self, user: Any) -> bool:
        return bool(user.has_perm("wagtailadmin.access_admin"))

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return _unfinished(user, now)

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        newest: set[str] = set()
        for run in _unfinished(user, now).defer("content", "report").order_by("-created_at"):
            if run.kind in newest:
                continue
            newest.add(run.kind)
            since = say_since(run.created_at, timezone.localdate(now))
            if run.state == ImportState.FAILED:
                words = _("Rien n’a été écrit %(since)s. %(message)s")
                label = _("Voir pourquoi")
            else:
                words = _("Lu, mais pas confirmé %(since)s : rien n’est encore écrit.")
                label = _("Relire et confirmer")
            yield TodoItem(
                key=f"import:{run.pk}",
                title=run.file_name,
                why=(words % {"since": since, "message": run.message}).strip(),
                step=TodoStep(label, reverse("imports:run", args=[run.kind, run.uuid])),
                since=run.created_at,
            )


def _unfinished(user: Any, now: datetime) -> QuerySet:
    return ImportRun.objects.filter(
        user=user,
        state__in=[ImportState.FAILED, ImportState.READY],
        created_at__gt=now - _SHOWN_FOR,
    )
