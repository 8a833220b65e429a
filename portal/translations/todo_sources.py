"""The translations and easy pages whose French has changed since they were read."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.todo.registry import Subject, TodoItem, TodoSource, TodoStep, register_todo_source
from portal.todo.wording import day_of, say_day
from portal.translations.admin_views import (
    TranslationPermissionMixin,
    pending_states,
    person,
    title_of,
)
from portal.translations.models import TranslationState

TRANSLATED = False


@register_todo_source
class TranslationsToReview(TodoSource):
    name = "translations"
    kind = gettext_lazy("Traduction ou version facile")
    subject = Subject.CONTENT
    icon = "wagtail-localize-language"
    order = 140

    def is_for(self, user: Any) -> bool:
        view = TranslationPermissionMixin
        return bool(
            view.permission_policy.user_has_any_permission(user, view.any_permission_required)
        )

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return TranslationState.objects.to_review()

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        today = timezone.localdate(now)
        for state in pending_states():
            day = say_day(day_of(state.changed_at or now), today)
            by = person(state.changed_by)
            words = (
                _("Le français a changé %(day)s (%(by)s), pas cette version.")
                if by
                else _("Le français a changé %(day)s, pas cette version.")
            )
            yield TodoItem(
                key=f"translation:{state.pk}:{state.changed_at:%Y%m%d%H%M}",
                title=title_of(state),
                why=words % {"day": day, "by": by},
                step=TodoStep(
                    _("Voir ce qui a changé"), reverse("translation_compare", args=[state.pk])
                ),
                since=state.changed_at,
            )

    def more_url(self) -> str:
        return reverse("translation_review")
