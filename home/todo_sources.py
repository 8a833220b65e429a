"""Messages to the portal, pages to read before they are published, documents to make readable."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import TaskState

from home.link_health import documents_to_mend
from home.models import ContactMessage
from portal.todo.registry import (
    Subject,
    TodoItem,
    TodoSource,
    TodoStep,
    Urgency,
    register_todo_source,
)
from portal.todo.wording import say_since
from resources.models import ResourcePage

TRANSLATED = False


@register_todo_source
class ContactMessages(TodoSource):
    name = "contact_messages"
    kind = gettext_lazy("Message reçu")
    subject = Subject.MESSAGES
    icon = "mail"
    order = 15

    def is_for(self, user: Any) -> bool:
        return bool(user.has_perm("home.change_contactmessage"))

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return ContactMessage.objects.filter(answered_on=None)

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        waiting = ContactMessage.objects.filter(answered_on=None).order_by("received_at")
        today = timezone.localdate(now)
        for message in waiting:
            words = (
                _("Attend une réponse %(since)s ; il est aussi dans votre boîte.")
                if message.mailed_at
                else _("Attend une réponse %(since)s.")
            )
            yield TodoItem(
                key=f"contact:{message.pk}",
                title=message.get_subject_display(),
                why=words % {"since": say_since(message.received_at, today)},
                step=TodoStep(
                    _("Lire et répondre"),
                    _message_url("edit", message.pk),
                ),
                since=message.received_at,
                urgency=Urgency.PEOPLE,
            )

    def more_url(self) -> str:
        return _message_url("list")


def _message_url(name: str, *args: int) -> str:
    viewset: Any = ContactMessage.snippet_viewset  # type: ignore[attr-defined]
    return reverse(viewset.get_url_name(name), args=args)


@register_todo_source
class PagesToReview(TodoSource):
    """What colleagues sent to be read; entries of the directory have their own line."""

    name = "pages_to_review"
    kind = gettext_lazy("À relire avant publication")
    subject = Subject.CONTENT
    icon = "glasses"
    order = 35

    def is_for(self, user: Any) -> bool:
        return bool(user.has_perm("wagtailadmin.access_admin"))

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return _to_review()

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        finder = AdminURLFinder(user)
        today = timezone.localdate(now)
        states = _to_review().select_related("revision__user", "task")
        for state in states.prefetch_related("revision__content_object").order_by("started_at"):
            content = state.revision.content_object
            if content is None or not state.task.specific.get_actions(content, user):
                continue
            url = finder.get_edit_url(content)
            if not url or (
                state.revision.user_id == user.pk and getattr(content, "needs_two_people", False)
            ):
                continue
            author = state.revision.user
            words = (
                _("%(who)s attend votre accord %(since)s.")
                if author and author != user
                else _("Attend votre accord %(since)s.")
            )
            yield TodoItem(
                key=f"review:{state.pk}",
                title=f"« {state.revision.object_str} »",
                why=words
                % {
                    "who": author.get_full_name() if author else "",
                    "since": say_since(state.started_at, today),
                },
                step=TodoStep(_("Relire et répondre"), url),
                since=state.started_at,
                urgency=Urgency.PEOPLE,
            )


def _to_review() -> QuerySet:
    """The tasks of the workflows under way, but for those of entries."""
    entries = [one for one in apps.get_models() if issubclass(one, ResourcePage)]
    kinds = ContentType.objects.get_for_models(*entries).values()
    return TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__status="in_progress"
    ).exclude(revision__content_type__in=kinds)


@register_todo_source
class UnreadableDocuments(TodoSource):
    name = "unreadable_documents"
    kind = gettext_lazy("Documents")
    subject = Subject.CONTENT
    icon = "doc-full"
    order = 160

    def is_for(self, user: Any) -> bool:
        return bool(user.has_perm("home.change_ptsmpage"))

    def waiting(self, user: Any, now: datetime) -> QuerySet:
        return documents_to_mend()

    def items(self, user: Any, now: datetime) -> Iterator[TodoItem]:
        count = documents_to_mend().count()
        words = ngettext(
            "Un document n’a pas de version accessible",
            "%(count)s documents n’ont pas de version accessible",
            count,
        )
        yield TodoItem(
            key="unreadable_documents",
            title=words % {"count": count},
            why=_(
                "Une partie du public ne peut pas les lire : une page ou un document Word suffit."
            ),
            step=TodoStep(_("Voir lesquels"), reverse("link_health")),
        )
