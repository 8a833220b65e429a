"""Signals that update the index, and reload the lexicon after an editor's change."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from portal.cache.content_version import change_content_version
from portal.translations.following import translation_updated
from search.models import LexiconEntry, SearchablePage
from search.services.indexing import (
    forget_page,
    index_page,
    refresh_pages,
    refresh_source,
    refresh_subtree,
)
from search.source_registry import document_sources

#: What a partial save must touch to change an answer; a draft touches none of them.
_SHOWN = {"live", "slug", "url_path", "title", "locale", "path"}


def _on_save(instance: Model, raw: bool = False, update_fields: Any = None, **_: Any) -> None:
    if raw:
        return
    if isinstance(instance, SearchablePage):
        if update_fields is None:
            index_page(instance)
        elif _SHOWN & set(update_fields):
            refresh_pages([instance.pk])
    _on_source_change(type(instance))


def _on_delete(instance: Model, **_: Any) -> None:
    if type(instance) is Page:  # once for each page: its specific part comes with it
        forget_page(instance.pk)
    _on_source_change(type(instance))


def _on_source_change(model: type[Model]) -> None:
    for prefix, source in document_sources().items():
        if model in source.models:
            refresh_source(prefix)


def _on_publish(instance: Model, **_: Any) -> None:
    """Its lists of rows are written after the page itself: read all of it anew."""
    if isinstance(instance, Page):
        refresh_pages([instance.pk], is_published=True)


def _on_unpublish(instance: Model, **_: Any) -> None:
    """It may be on its way to be deleted: the database still says that it is published."""
    if isinstance(instance, Page):
        refresh_pages([instance.pk])


def _on_move(instance: Page, **_: Any) -> None:
    refresh_subtree(instance)


def _on_restriction(instance: PageViewRestriction, **_: Any) -> None:
    refresh_subtree(instance.page)


post_save.connect(_on_save, dispatch_uid="search-save")
post_delete.connect(_on_delete, dispatch_uid="search-delete")
for signal in (page_published, translation_updated):
    signal.connect(_on_publish, dispatch_uid=f"search-publish-{id(signal)}")
page_unpublished.connect(_on_unpublish, dispatch_uid="search-unpublish")
for signal in (post_page_move, page_slug_changed):
    signal.connect(_on_move, dispatch_uid=f"search-move-{id(signal)}")
for signal in (post_save, post_delete):
    signal.connect(
        _on_restriction, sender=PageViewRestriction, dispatch_uid=f"search-door-{id(signal)}"
    )
    # What editors change in the lexicon is understood at once.
    signal.connect(
        change_content_version, sender=LexiconEntry, dispatch_uid=f"search-words-{id(signal)}"
    )
