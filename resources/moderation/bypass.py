"""Writing of facts that need no review: a verification date, the search for a referent."""

import json
from datetime import date
from typing import Any

from django.db.models import QuerySet

from wagtail_localize.models import TranslationSource

from portal.base.revisions import update_publishable_revisions
from resources.models import ResourcePage
from search.services.indexing import refresh_pages


def update_without_review(entries: QuerySet[ResourcePage], **facts: Any) -> None:
    """Write facts in what is public, in what waits to be, and in what translators copy from."""
    ids = list(entries.values_list("pk", flat=True))
    ResourcePage.objects.filter(pk__in=ids).update(**facts)
    words = {
        name: fact.isoformat() if isinstance(fact, date) else fact for name, fact in facts.items()
    }
    for page in ResourcePage.objects.filter(pk__in=ids):
        update_publishable_revisions(page, words)
        _write_in_source(page, words)
    refresh_pages(ids)


def _write_in_source(page: ResourcePage, words: dict[str, Any]) -> None:
    """Translators copy the facts of a page from what was kept when it was sent to them."""
    for source in TranslationSource.objects.filter(
        object_id=page.translation_key, locale=page.locale_id
    ):
        content = json.loads(source.content_json) | words
        TranslationSource.objects.filter(pk=source.pk).update(content_json=json.dumps(content))
