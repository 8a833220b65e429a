"""Index pages right after the commit that changed them.

SQLite lets one transaction write at a time: making a document out of a page, a good part of the
work of a publication, is not done inside. A mark (``PageToIndex``) is written with the change; once
that is committed, and before its author is answered, the page is read and indexed, and the mark
deleted.
A periodic job does the same for the marks of a process that died in between.
"""

import logging
from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta
from functools import partial

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from search.models import PageToIndex
from search.services.document_writes import page_key, write_documents
from search.services.documents import page_documents
from search.source_registry import page_followers

logger = logging.getLogger(__name__)

_CHUNK = 200
#: A younger mark is that of a process that is at work.
_LEFT_AFTER = timedelta(minutes=1)

#: The marks of each page, by its number.
Marks = dict[int, set[int]]


def index_after_commit(pages: Collection[int], *, is_published: bool = False) -> None:
    """Mark pages that have changed, and have them indexed once that is committed."""
    if pages:
        PageToIndex.objects.bulk_create(
            PageToIndex(page_id=pk, is_published=is_published) for pk in pages
        )
        transaction.on_commit(partial(_index_committed, pages))


def index_left_pages() -> int:
    """Index the pages whose process died before it did; how many."""
    left = PageToIndex.objects.filter(made_at__lt=timezone.now() - _LEFT_AFTER)
    return index_marked(set(left.values_list("page_id", flat=True)))


def index_marked(pages: Collection[int]) -> int:
    """Index those of these pages that are marked; how many. Raises ``DatabaseError``."""
    wanted = sorted(pages)
    return sum(_index(wanted[start : start + _CHUNK]) for start in range(0, len(wanted), _CHUNK))


def _index_committed(pages: Collection[int]) -> None:
    """A failure costs the index, which the job mends, and not the answer to the author."""
    try:
        index_marked(pages)
    except DatabaseError:
        # Numbers only: they say nothing of what a page holds.
        logger.exception("Not indexed yet, the job will: %s", sorted(pages))


def _index(pages: Collection[int]) -> int:
    marks = PageToIndex.objects.filter(page_id__in=pages)
    seen = _by_page(marks)
    if not seen:
        return 0
    published = set(marks.filter(is_published=True).values_list("page_id", flat=True))
    # Read after the marks: a page that has changed since has another one.
    documents = {document.page_id: document for document in page_documents(seen)}
    followed = [follow(published) for follow in page_followers()] if published else []
    with transaction.atomic():
        held = _by_page(marks.select_for_update())
        # Who made another mark, or deleted one, has read the page later: what they write stays.
        settled = {pk for pk, of_page in seen.items() if held.get(pk) == of_page}
        write_documents(
            [documents[pk] for pk in settled & documents.keys()],
            [page_key(pk) for pk in settled - documents.keys()],
        )
        for write in followed:
            write(settled & published)
        PageToIndex.objects.filter(pk__in=[pk for page in settled for pk in seen[page]]).delete()
    return len(settled)


def _by_page(marks: QuerySet[PageToIndex]) -> Marks:
    found: Marks = defaultdict(set)
    for page, pk in marks.values_list("page_id", "pk"):
        found[page].add(pk)
    return found
