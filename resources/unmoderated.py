"""Facts about an entry that wait for no approval: when it was verified, that it seeks someone."""

import json
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from wagtail.models import Revision, TaskState
from wagtail_localize.models import TranslationSource

from resources.models import ResourcePage
from search.services.indexing import refresh_pages


def write_at_once(entries: QuerySet[ResourcePage], **facts: Any) -> None:
    """Write facts in what is public, in what waits to be, and in what translators copy from.

    Otherwise the next publication of an older draft would take them back.
    """
    ids = list(entries.values_list("pk", flat=True))
    ResourcePage.objects.filter(pk__in=ids).update(**facts)
    words = {
        name: fact.isoformat() if isinstance(fact, date) else fact for name, fact in facts.items()
    }
    for page in ResourcePage.objects.filter(pk__in=ids):
        for revision in _that_may_be_published(page):
            revision.content |= words
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)
        _write_in_source(page, words)
    refresh_pages(ids)


def _that_may_be_published(page: ResourcePage) -> list[Revision]:
    """The versions of a page that someone may still make public."""
    waiting = TaskState.objects.for_instance(page).filter(status=TaskState.STATUS_IN_PROGRESS)
    wanted = Q(pk__in=[page.latest_revision_id, page.live_revision_id]) | Q(
        pk__in=waiting.values("revision")
    )
    return list(page.revisions.filter(wanted | Q(approved_go_live_at__isnull=False)))


def _write_in_source(page: ResourcePage, words: dict[str, Any]) -> None:
    """Translators copy the facts of a page from what was kept when it was sent to them."""
    for source in TranslationSource.objects.filter(
        object_id=page.translation_key, locale=page.locale_id
    ):
        content = json.loads(source.content_json) | words
        TranslationSource.objects.filter(pk=source.pk).update(content_json=json.dumps(content))
