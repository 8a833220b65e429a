"""Scheduled publication and expiry of content, each object by itself.

Wagtail's own command stops at the first object that is refused, and forgets its schedule. Here an
object that is refused stays scheduled, editors see which one and why, and the others are published.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail.models import DraftStateMixin, Page, Revision

from portal.base.log_formatters import mask_personal_data
from portal.jobs.locks import exclusive_lock
from portal.jobs.models.blocked_publication import BlockedPublication
from portal.jobs.registry import stop_asked

logger = logging.getLogger(__name__)


class UnpublishFailed(Exception):
    """Expired content that could not be unpublished and is still public; the message names it."""


def publish_scheduled() -> str | None:
    """Publish what is due, then take down what has expired; say how much of each.

    In that order: taken down first, a page would lose the version that was to replace it.
    """
    with exclusive_lock("publish_scheduled") as is_ours:
        return _publish_and_take_down(timezone.now()) if is_ours else None


def oldest_due(now: datetime) -> datetime | None:
    """Since when the oldest content waits to be published or taken down, but the refused ones."""
    refused = BlockedPublication.objects.values("revision")
    revisions = Revision.objects.filter(approved_go_live_at__lte=now).exclude(pk__in=refused)
    pages = Page.objects.filter(live=True, expire_at__lte=now)
    moments = (
        revisions.aggregate(oldest=Min("approved_go_live_at"))["oldest"],
        pages.aggregate(oldest=Min("expire_at"))["oldest"],
    )
    return min(filter(None, moments), default=None)


def _publish_and_take_down(now: datetime) -> str | None:
    published, blocked = _publish_due(now)
    taken_down, refused = _take_down_expired(now)
    if refused:
        names = ", ".join(refused)
        raise UnpublishFailed(_("n’ont pas pu être dépubliés : %(names)s") % {"names": names})
    return " ".join(_sentences(published, blocked, taken_down)) or None


def _sentences(published: int, blocked: int, taken_down: int) -> Iterable[str]:
    if published:
        yield ngettext("%d contenu publié.", "%d contenus publiés.", published) % published
    if taken_down:
        yield ngettext("%d contenu dépublié.", "%d contenus dépubliés.", taken_down) % taken_down
    if blocked:
        yield ngettext("%d contenu refusé.", "%d contenus refusés.", blocked) % blocked


def _publish_due(now: datetime) -> tuple[int, int]:
    """Publish what is due; return how many were published and how many were refused."""
    due = Revision.objects.filter(approved_go_live_at__lte=now)
    published = blocked = 0
    for number in list(due.order_by("approved_go_live_at", "pk").values_list("pk", flat=True)):
        if stop_asked():
            break
        try:
            published += _publish(number, now)
        except Exception as reason:  # noqa: BLE001, said to editors
            blocked += 1
            _note(number, reason)
    BlockedPublication.objects.filter(revision__approved_go_live_at=None).delete()
    return published, blocked


def _publish(number: int, now: datetime) -> bool:
    """Publish one revision, unless another process is at it or an editor has cancelled it."""
    with transaction.atomic():
        due = Revision.objects.filter(pk=number, approved_go_live_at__lte=now)
        revision = due.select_for_update(skip_locked=True).first()
        if revision is not None:
            revision.publish(log_action="wagtail.publish.scheduled")
        return revision is not None


def _note(number: int, reason: Exception) -> None:
    """Record why a revision was refused; logged once, not at each tick."""
    words = mask_personal_data(_words_of(reason))[:500]
    if BlockedPublication.objects.filter(revision=number, reason=words).exists():
        return
    logger.error("Revision %s could not be published.", number, exc_info=reason)
    BlockedPublication.objects.update_or_create(revision_id=number, defaults={"reason": words})


def _words_of(reason: Exception) -> str:
    if isinstance(reason, ValidationError):
        return " ".join(reason.messages)
    return f"{type(reason).__name__} : {reason}"


def _take_down_expired(now: datetime) -> tuple[int, list[str]]:
    """Unpublish what has expired; return how many, and the names of those that failed."""
    taken_down = 0
    refused = []
    for model in _publishable():
        expired = model._default_manager.filter(live=True, expire_at__lte=now)
        for content in list(expired.order_by("expire_at", "pk")):
            if stop_asked():
                break
            try:
                taken_down += _take_down(model, content.pk, now)
            except Exception:
                logger.exception("%s %s could not be taken down.", model.__name__, content.pk)
                refused.append(str(content))
    return taken_down, refused


def _publishable() -> list[type[DraftStateMixin]]:
    """Models that can be drafts: pages first, then the others."""
    others = (model for model in apps.get_models() if issubclass(model, DraftStateMixin))
    return [Page, *(model for model in others if not issubclass(model, Page))]


def _take_down(model: type[DraftStateMixin], key: object, now: datetime) -> bool:
    """Unpublish one expired object, once; a later scheduled version stays scheduled."""
    with transaction.atomic():
        expired = model._default_manager.filter(pk=key, live=True, expire_at__lte=now)
        content = expired.select_for_update(skip_locked=True).first()
        if content is None:
            return False
        if isinstance(content, Page):
            content = content.specific
        scheduled = content.revisions.filter(approved_go_live_at__isnull=False)
        dates = dict(scheduled.values_list("pk", "approved_go_live_at"))
        content.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        for number, date in dates.items():
            Revision.objects.filter(pk=number).update(approved_go_live_at=date)
        return True
