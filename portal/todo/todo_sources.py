"""What any portal asks: drafts to finish, pages that a feed left out or that could not appear."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from portal.base.models import LeftOutItem
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
from portal.todo.wording import say_since

#: A draft that was not touched for this long was forgotten.
FORGOTTEN_AFTER = timedelta(days=14)


@register_todo_source
class ForgottenDrafts(TodoSource):
    """One's own, that nothing waits for: neither a reader nor an hour of publication."""

    name = "drafts"
    kind = gettext_lazy("Brouillon oublié")
    subject = Subject.CONTENT
    icon = "edit"
    order = 130

    def is_for(self, user: Any) -> bool:
        return bool(user.has_perm("wagtailadmin.access_admin"))

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return _forgotten(user, now)

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        today = timezone.localdate(now)
        for page in _forgotten(user, now).order_by("latest_revision_created_at"):
            since = say_since(page.latest_revision_created_at, today)
            words = (
                _("Vos changements ne sont pas publiés %(since)s : publiez, ou abandonnez-les.")
                if page.live
                else _("Pas encore publié, et pas touché %(since)s.")
            )
            yield TodoItem(
                key=f"draft:{page.pk}:{page.latest_revision_id}",
                title=f"« {page.draft_title} »",
                why=words % {"since": since},
                step=TodoStep(_("Reprendre"), reverse("wagtailadmin_pages:edit", args=[page.pk])),
                since=page.latest_revision_created_at,
            )


def _forgotten(user: Any, now: datetime) -> QuerySet:
    return Page.objects.filter(
        has_unpublished_changes=True,
        latest_revision__user=user,
        latest_revision__approved_go_live_at=None,
        latest_revision_created_at__lt=now - FORGOTTEN_AFTER,
        locale__language_code=settings.LANGUAGE_CODE,
        alias_of=None,
        latest_revision__task_states=None,
    )


@register_todo_source
class LeftOutPages(TodoSource):
    """Published, but a feed or a calendar could not tell them."""

    name = "left_out"
    kind = gettext_lazy("Contenu laissé de côté")
    subject = Subject.CONTENT
    icon = "warning"
    order = 30

    def is_for(self, user: Any) -> bool:
        return bool(user.has_perm("wagtailadmin.access_admin"))

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return LeftOutItem.objects.filter(page__live=True)

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        finder = AdminURLFinder(user)
        for one in LeftOutItem.objects.filter(page__live=True).select_related("page"):
            url = finder.get_edit_url(one.page.specific_deferred)
            if not url:
                continue
            yield TodoItem(
                key=f"left_out:{one.pk}",
                title=one.page.get_admin_display_title(),
                why=_("Publiée, mais absente ici : %(place)s. %(reason)s")
                % {
                    "place": one.place,
                    "reason": one.reason,
                },
                step=TodoStep(_("Ouvrir et publier de nouveau"), url),
                since=one.since,
                urgency=Urgency.TODAY,
            )


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
