"""Keep the index true to the pages, in the transaction that changes them.

The embedded engine is written at once. A search server is told after the commit, by
``search.services.outbox``: nobody who saves a page waits for it.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import DatabaseError, transaction

from wagtail.models import Page

from search.contracts import SearchDocument
from search.engines import embedded_engine
from search.fingerprint import document_fingerprint
from search.models import IndexedDocument, SearchablePage
from search.services.documents import document_of, page_documents
from search.services.outbox import announce
from search.source_registry import document_sources

logger = logging.getLogger(__name__)


@dataclass
class _ChangedContent:
    """Keys of pages, and prefixes of sources, whose documents are to be read anew."""

    pages: set[int] = field(default_factory=set)
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
    refresh_pages(changed.pages)
    for prefix in sorted(changed.sources):
        refresh_source(prefix)


def index_page(page: SearchablePage) -> None:
    """Write the document of a page that has just been saved, or forget it."""

    def read() -> Changes:
        document = document_of(page)
        return ([document], []) if document else ([], [page_key(page.pk)])

    _index(read, pages=[page.pk])


def refresh_pages(ids: Collection[int]) -> None:
    """Read these pages anew: their documents are written, or forgotten."""

    def read() -> Changes:
        documents = list(page_documents(ids))
        found = {document.page_id for document in documents}
        return documents, [page_key(pk) for pk in ids if pk not in found]

    _index(read, pages=ids)


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


def page_key(pk: int) -> str:
    return f"page:{pk}"


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
        with transaction.atomic():
            written = _changed(written)
            if written:
                embedded_engine().put(written)
            if removed:
                embedded_engine().remove(removed)
            announce([*(one.key for one in written), *removed])
    except DatabaseError:
        # Keys only: they say nothing of what a page holds.
        keys = [*(one.key for one in written), *removed]
        logger.exception("Not indexed, reconcile_search will mend it: %s", ", ".join(keys))


def _changed(documents: list[SearchDocument]) -> list[SearchDocument]:
    """Those that differ from what is held: most saves change nothing that is searched."""
    held = IndexedDocument.objects.live().filter(key__in=[one.key for one in documents])
    digests = dict(held.values_list("key", "digest"))
    return [one for one in documents if digests.get(one.key) != document_fingerprint(one)]
