"""Keep the index true to the pages.

A page is indexed right after the commit of its change (``search.services.after_commit``); work that
saves many at once, what is deleted and what is no page, in the transaction itself. A search server
is told later, by ``search.services.outbox``: nobody who saves a page waits for it.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.conf import settings
from django.db import DatabaseError

from wagtail.models import Page

from search.contracts import SearchDocument
from search.models import IndexedDocument, SearchablePage
from search.services.after_commit import index_after_commit
from search.services.document_writes import page_key, write_documents
from search.services.documents import document_of, page_documents
from search.source_registry import document_sources, page_followers

logger = logging.getLogger(__name__)


@dataclass
class _ChangedContent:
    """Keys of pages, and prefixes of sources, whose documents are to be read anew.

    ``published``: pages of which followers are to be told.
    """

    pages: set[int] = field(default_factory=set)
    published: set[int] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)


#: Documents to write, and keys to forget.
Changes = tuple[Iterable[SearchDocument], Iterable[str]]

_deferred: ContextVar[_ChangedContent | None] = ContextVar("deferred_indexing", default=None)


@contextmanager
def deferred_indexing() -> Iterator[None]:
    """Index once, at the end, all that changes inside: for work that saves many pages.

    Within a transaction, so that nobody reads pages that the index does not know. What fails
    inside has changed nothing, and is not indexed. One inside another is part of it.
    """
    if _deferred.get() is not None:
        yield
        return
    changed = _ChangedContent()
    token = _deferred.set(changed)
    try:
        yield
    finally:
        _deferred.reset(token)
    _write(*_read_pages(changed.pages))
    _follow(changed.published)
    for prefix in sorted(changed.sources):
        refresh_source(prefix)


def index_page(page: SearchablePage) -> None:
    """Write the document of a page that has just been saved, or forget it."""

    def read() -> Changes:
        document = document_of(page)
        return ([document], []) if document else ([], [page_key(page.pk)])

    if _waits_for_commit():
        index_after_commit([page.pk])
    else:
        _index(read, pages=[page.pk])


def refresh_pages(ids: Collection[int], *, is_published: bool = False) -> None:
    """Read these pages anew: their documents are written, or forgotten.

    ``is_published``: they have just been published, and what registered followers make of it is
    made anew too.
    """
    if _waits_for_commit():
        index_after_commit(ids, is_published=is_published)
        return
    _index(lambda: _read_pages(ids), pages=ids)
    if is_published and (deferred := _deferred.get()) is not None:
        deferred.published.update(ids)
    elif is_published:
        _follow(ids)


def refresh_subtree(page: Page) -> None:
    """A page moved, or became private: all that stands below it has changed as well."""
    below = Page.objects.descendant_of(page, inclusive=True)
    refresh_pages(list(below.values_list("pk", flat=True)))


def forget_page(pk: int) -> None:
    """A page was deleted."""
    _index(lambda: ([], [page_key(pk)]), pages=[pk])


def refresh_source(prefix: str) -> None:
    """Something that is no page has changed: its documents are compared and mended."""

    def read() -> Changes:
        documents = {one.key: one for one in document_sources()[prefix].documents()}
        held = IndexedDocument.objects.live().filter(key__startswith=f"{prefix}:")
        gone = set(held.values_list("key", flat=True)) - documents.keys()
        return documents.values(), gone

    _index(read, sources=[prefix])


def _waits_for_commit() -> bool:
    return settings.SEARCH_INDEX_AFTER_COMMIT and _deferred.get() is None


def _read_pages(ids: Collection[int]) -> Changes:
    documents = list(page_documents(ids))
    found = {document.page_id for document in documents}
    return documents, [page_key(pk) for pk in ids if pk not in found]


def _follow(ids: Collection[int]) -> None:
    if ids:
        for follow in page_followers():
            follow(ids)(ids)


def _index(
    read: Callable[[], Changes], *, pages: Iterable[int] = (), sources: Iterable[str] = ()
) -> None:
    """Write what ``read`` returns; when indexing is deferred, note what to read later."""
    if (deferred := _deferred.get()) is None:
        _write(*read())
        return
    deferred.pages.update(pages)
    deferred.sources.update(sources)


def _write(documents: Iterable[SearchDocument], gone: Iterable[str]) -> None:
    """Write what has changed. A failure costs the index, which can be mended, never the page."""
    written, removed = list(documents), list(gone)
    try:
        write_documents(written, removed)
    except DatabaseError:
        # Keys only: they say nothing of what a page holds.
        keys = [*(one.key for one in written), *removed]
        logger.exception("Not indexed, reconcile_search will mend it: %s", ", ".join(keys))
