"""The entries that a signed-in person may see and change; no other module decides it."""

from uuid import UUID

from django.http import Http404, HttpRequest

from portal.users.models import User
from resources.models import Referent, ResourcePage
from resources.querysets import ResourceQuerySet


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


def get_user_entries(user: User) -> ResourceQuerySet:
    """The entries that this person answers for today, in the language they are written in."""
    referents = Referent.objects.active().filter(user=user)
    own = ResourcePage.objects.in_source_language()
    return own.filter(pk__in=referents.values("entries"))


def get_own_entry_or_404(user: User, uuid: UUID) -> tuple[ResourcePage, Referent]:
    """An entry of this person, and in what capacity; for anybody else there is no such page."""
    entry = get_user_entries(user).filter(uuid=uuid).first()
    referent = Referent.objects.of(entry).filter(user=user).first() if entry else None
    if entry is None or referent is None:
        raise Http404
    return entry.specific, referent


def get_draft(entry: ResourcePage) -> ResourcePage:
    """What waits for an approval when something does: a form builds on it."""
    return entry.get_latest_revision_as_object() if entry.has_unpublished_changes else entry
