"""Facts that wait for no approval, in every version that somebody may still publish."""

from typing import Any

from django.db.models import Q

from wagtail.models import Revision, TaskState


def update_publishable_revisions(instance: Any, words: dict[str, Any]) -> None:
    """Write facts, as revisions store them, in the versions of a page or snippet.

    Otherwise the next publication of an older draft would take them back.
    """
    for revision in _that_may_be_published(instance):
        content = revision.content | words
        Revision.objects.filter(pk=revision.pk).update(content=content)


def _that_may_be_published(instance: Any) -> list[Revision]:
    """The latest, the public one, what waits for an approval, and what is scheduled."""
    waiting = TaskState.objects.for_instance(instance).filter(status=TaskState.STATUS_IN_PROGRESS)
    wanted = Q(pk__in=[instance.latest_revision_id, instance.live_revision_id])
    wanted |= Q(pk__in=waiting.values("revision")) | Q(approved_go_live_at__isnull=False)
    return list(instance.revisions.filter(wanted))
