"""Update of facts that need no review in every revision that may still be published."""

from typing import Any

from django.db.models import Q

from wagtail.models import Revision, TaskState


def update_publishable_revisions(instance: Any, words: dict[str, Any]) -> None:
    """Write fields, in the form that revisions store, in the revisions of an object.

    Otherwise the next publication of an older draft would take them back.
    """
    for revision in publishable_revisions(instance):
        content = revision.content | words
        Revision.objects.filter(pk=revision.pk).update(content=content)


def publishable_revisions(instance: Any) -> list[Revision]:
    """The latest revision, the live one, those under review and those that are scheduled."""
    waiting = TaskState.objects.for_instance(instance).filter(status=TaskState.STATUS_IN_PROGRESS)
    wanted = Q(pk__in=[instance.latest_revision_id, instance.live_revision_id])
    wanted |= Q(pk__in=waiting.values("revision")) | Q(approved_go_live_at__isnull=False)
    return list(instance.revisions.filter(wanted))
