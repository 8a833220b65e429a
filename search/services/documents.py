"""Documents to index: public pages, and those of registered sources."""

from collections.abc import Collection, Iterable, Iterator

from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from wagtail.models import Page

from search.contracts import SearchDocument
from search.models import SearchablePage
from search.source_registry import document_sources

_CHUNK = 200
_PAGE = "page"


def all_documents() -> Iterator[SearchDocument]:
    """Every document; a fixed number of queries for each type and each two hundred pages.

    No reading stays open between two of them: while one does, SQLite cannot put back into its file
    what is written meanwhile, and its journal grows with the whole index.
    """
    present = set(Page.objects.order_by().values_list("content_type", flat=True).distinct())
    for model in _page_types():
        if ContentType.objects.get_for_model(model).pk not in present:
            continue
        last: int | None = 0
        while last is not None:
            pages = list(model.to_index().filter(pk__gt=last).order_by("pk")[:_CHUNK])
            yield from _documents(pages)
            last = pages[-1].pk if len(pages) == _CHUNK else None
    for source in document_sources().values():
        yield from source.documents()


def documents_of(keys: Collection[str]) -> Iterator[SearchDocument]:
    """Those of these keys that are still to be found by readers."""
    wanted = set(keys)
    yield from page_documents(
        [int(key.partition(":")[2]) for key in wanted if key.startswith(f"{_PAGE}:")]
    )
    for prefix, source in document_sources().items():
        if any(key.startswith(f"{prefix}:") for key in wanted):
            yield from (one for one in source.documents() if one.key in wanted)


def page_documents(ids: Collection[int]) -> Iterator[SearchDocument]:
    """The documents of these pages, read anew from the database."""
    types = Page.objects.filter(pk__in=ids).values_list("content_type", "pk")
    by_type: dict[int, list[int]] = {}
    for content_type, pk in types:
        by_type.setdefault(content_type, []).append(pk)
    for model in _page_types():
        found = by_type.get(ContentType.objects.get_for_model(model).pk, [])
        for start in range(0, len(found), _CHUNK):
            chunk = found[start : start + _CHUNK]
            yield from _documents(model.to_index().filter(pk__in=chunk))


def document_of(page: SearchablePage) -> SearchDocument | None:
    """The document of a page that is being saved; None when readers may not find it."""
    if not page.live or not page.is_findable or page.get_view_restrictions().exists():
        return None
    return page.to_search_document()


def _documents(pages: Iterable[SearchablePage]) -> Iterator[SearchDocument]:
    return (page.to_search_document() for page in pages if page.is_findable)


def _page_types() -> list[type[SearchablePage]]:
    return [model for model in apps.get_models() if issubclass(model, SearchablePage)]
