"""The two messages of the list: the digest of each Monday, and what has just arrived.

Both are written to accounts of the team, one by one, and only when something waits. They name
things, never people, and their links say nothing of who reads them.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.base.models import PortalSettings
from portal.mail.layout import absolute
from portal.mail.queue import post
from portal.todo.listing import TodoList, get_todo_list
from portal.todo.models import Postponement, TodoMailPreference
from portal.todo.registry import TodoItem, todo_sources
from portal.todo.wording import say_number
from portal.users.models import RoleKey, User

DIGEST, ARRIVALS = "todo_digest", "todo_arrivals"
#: Monday at eight, by the clock of the portal; later when the jobs were stopped.
DIGEST_HOUR = 8
#: Between two messages about what arrives, to one person.
ARRIVALS_EVERY = timedelta(hours=1)
#: What the digest names of each part.
_NAMED = 8


def team() -> QuerySet[User]:
    """The open accounts of who writes the portal; referents have their own messages."""
    roles = (RoleKey.COORDINATION, RoleKey.REDACTION, RoleKey.MODERATION)
    of_team = Q(is_superuser=True) | Q(groups__portal_role__key__in=roles)
    return User.objects.filter(of_team, is_active=True).exclude(email="").distinct()


def send_digests(now: datetime | None = None) -> str:
    """On Monday morning, to each person once: what waits for them. Out: a French sentence."""
    now = now or timezone.now()
    local = timezone.localtime(now)
    if local.weekday() != 0 or local.hour < DIGEST_HOUR:
        return ""
    sent = 0
    for user in team().select_related("todo_mail"):
        preference = _preference(user, now)
        if not preference.weekly_digest or preference.digest_sent_on == local.date():
            continue
        preference.digest_sent_on = local.date()
        with transaction.atomic():
            preference.save(update_fields=["digest_sent_on"])
            sent += _send_digest(user, now)
    words = ngettext("%(count)s résumé envoyé.", "%(count)s résumés envoyés.", sent)
    return words % {"count": sent} if sent else ""


def _send_digest(user: User, now: datetime) -> bool:
    with translation.override(settings.LANGUAGE_CODE):
        found = get_todo_list(user, now)
        if not found.lines:
            return False
        count = len(found.lines)
        words = ngettext(
            "%(site)s : %(number)s chose à faire cette semaine",
            "%(site)s : %(number)s choses à faire cette semaine",
            count,
        )
        subject = words % {"site": _site_name(), "number": say_number(count)}
        post(user.email, DIGEST, subject, parts=_parts(found), **_links())
    return True


def _parts(found: TodoList) -> list[dict[str, Any]]:
    return [
        {
            "title": part.title,
            "items": [one.item for one in part.lines[:_NAMED]],
            "left": len(part.lines[_NAMED:]),
        }
        for part in found.parts()
    ]


def tell_arrivals(now: datetime | None = None) -> str:
    """To each person, once an hour at most: what the public has just sent them."""
    now = now or timezone.now()
    sent = 0
    for user in team().select_related("todo_mail"):
        preference = _preference(user, now)
        if preference.arrivals_told_at > now - ARRIVALS_EVERY:
            continue
        arrived = _arrived(user, preference.arrivals_told_at, now) if preference.arrivals else []
        preference.arrivals_told_at = now
        with transaction.atomic():
            preference.save(update_fields=["arrivals_told_at"])
            if arrived:
                _send_arrivals(user, arrived)
        sent += bool(arrived)
    words = ngettext("%(count)s message envoyé.", "%(count)s messages envoyés.", sent)
    return words % {"count": sent} if sent else ""


def _arrived(user: User, since: datetime, now: datetime) -> list[tuple[str, TodoItem]]:
    return [
        (str(source.kind), item)
        for source in todo_sources()
        if source.tells_arrivals and source.is_for(user)
        for item in source.items(user, now)
        if isinstance(item.since, datetime) and since < item.since <= now
    ]


def _send_arrivals(user: User, arrived: list[tuple[str, TodoItem]]) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        counts = Counter(kind for kind, _item in arrived)
        said = ", ".join(f"{kind.lower()} ({count})" for kind, count in counts.items())
        subject = _("%(site)s : %(said)s") % {"site": _site_name(), "said": said}
        items = [item for _kind, item in arrived]
        context: dict[str, Any] = {"items": items[:_NAMED], "left": len(items[_NAMED:])}
        post(user.email, ARRIVALS, subject, **context, **_links())


def _preference(user: User, now: datetime) -> TodoMailPreference:
    """Of who has none yet: what was there before is not told as if it had just arrived."""
    if hasattr(user, "todo_mail"):
        return user.todo_mail
    row, _new = TodoMailPreference.objects.get_or_create(
        user=user, defaults={"arrivals_told_at": now - ARRIVALS_EVERY}
    )
    return row


def _site_name() -> str:
    return PortalSettings.load().site_name


def _links() -> dict[str, str]:
    return {
        "link": absolute(reverse("wagtailadmin_home")),
        "choice": absolute(reverse("todo_mail")),
    }


def forget_postponements(now: datetime | None = None) -> str:
    """What has come back by itself needs no row any more."""
    today = timezone.localdate(now or timezone.now())
    count, _kinds = Postponement.objects.over(today).delete()
    words = ngettext("%(count)s chose revenue.", "%(count)s choses revenues.", count)
    return words % {"count": count} if count else ""
