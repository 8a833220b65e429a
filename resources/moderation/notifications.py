"""Messages about a change to an entry: to who may approve it, then to who proposed it."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wagtail.models import PageLogEntry, TaskState, WorkflowState

from portal.base.models import PortalSettings
from portal.mail.layout import absolute
from portal.mail.models import OutgoingMessage
from portal.mail.queue import post
from portal.users.models import User
from resources.models import Referent, ResourcePage

PROPOSED, ANSWERED = "change_proposed", "change_answered"
LOG_ACTION = "resources.propose"


def notify_moderators(page: ResourcePage, user: User | None) -> None:
    """One message a day for each entry, to the generic address or else to who may approve."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Changement proposé : %(title)s") % {"title": page.title}
    url = absolute(reverse("directory_change", args=[page.pk]))
    today = OutgoingMessage.objects.written_on_the_day_of(timezone.now(), PROPOSED)
    told = set(today.filter(subject=subject).values_list("address", flat=True))
    for address in _moderators(page, user):
        if address not in told:
            post(address, PROPOSED, subject, entry_title=page.title, link=url)


def _moderators(page: ResourcePage, user: User | None) -> list[str]:
    if generic := PortalSettings.load().contact_email:
        return [generic]
    task = page.current_workflow_task
    groups = task.groups.all() if task is not None and hasattr(task, "groups") else []
    people = User.objects.filter(is_active=True, groups__in=groups).exclude(email="")
    return sorted({person.email for person in people if person != user})


def notify_authors(state: WorkflowState, user: User | None, *, is_approved: bool) -> None:
    """Whoever proposed learns what became of it, with the word of who read it."""
    page = ResourcePage.objects.get(pk=state.content_object.pk)
    with translation.override(settings.LANGUAGE_CODE):
        words = _("Votre changement est publié : %(title)s") if is_approved else _(
            "Votre changement n’est pas publié : %(title)s"
        )  # fmt: skip
        subject = words % {"title": page.title}
    task: TaskState | None = state.current_task_state
    context = {
        "entry_title": page.title,
        "is_approved": is_approved,
        "word": task.comment if task else "",
        "link": absolute(page.url or "/"),
    }
    for address in sorted(_authors(page, state) - {user.email if user else ""}):
        post(address, ANSWERED, subject, **context)


def _authors(page: ResourcePage, state: WorkflowState) -> set[str]:
    """The accounts that proposed since the round began; without one, those of the entry."""
    proposals = get_proposals(page, state)
    users = {one.user for one in proposals if one.user} | {state.requested_by}
    addresses = {user.email for user in users if user and user.is_active}
    if any(one.user is None for one in proposals):
        referents = Referent.objects.of(page).values_list("email", flat=True)
        addresses |= set(referents) or {page.email}
    return addresses - {""}


def get_proposals(page: ResourcePage, state: WorkflowState) -> list[Any]:
    """What was proposed since the version that was public when this round began."""
    history = PageLogEntry.objects.filter(page=page.pk).order_by("timestamp", "pk")
    published = history.filter(action="wagtail.publish", timestamp__lt=state.created_at).last()
    proposals = history.filter(action=LOG_ACTION).select_related("user")
    if published:
        proposals = proposals.filter(timestamp__gte=published.timestamp)
    return list(proposals)
