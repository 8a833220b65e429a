"""What is done to a source page or snippet is done to its translations."""

from typing import Any

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save

from modelcluster.fields import ParentalKey
from wagtail.models import DraftStateMixin, Page, PageViewRestriction, TranslatableMixin
from wagtail.signals import (
    copy_for_translation_done,
    page_published,
    page_unpublished,
    post_page_move,
    unpublished,
)

from portal.translations.following import (
    follow,
    is_source,
    other_versions,
    start_state,
    take_down,
)
from portal.translations.models import TranslationState
from portal.translations.privacy import (
    copy_restriction,
    delete_versions,
    move_versions,
    open_versions,
    restrict_versions,
)
from portal.translations.texts import texts_of


def translated_snippets() -> list[type[Model]]:
    """The translatable models that are neither pages nor rows of another object."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, TranslatableMixin)
        and not issubclass(model, Page)
        and not any(isinstance(field, ParentalKey) for field in model._meta.fields)
    ]


def _on_page_published(instance: Page, revision: Any = None, **_: Any) -> None:
    follow(instance, revision.user if revision else None)


def _on_snippet_saved(
    instance: Any, raw: bool, update_fields: Any, created: bool, **_: Any
) -> None:
    """The row that is public was written; a draft writes some columns about revisions only."""
    if raw or (created and is_source(instance)):
        return
    if update_fields is None or not isinstance(instance, DraftStateMixin):
        follow(instance)


def _on_unpublished(instance: Any, **_: Any) -> None:
    if is_source(instance):
        take_down(other_versions(instance))


def _on_copied(source_obj: Any, target_obj: Any, **_: Any) -> None:
    """A page was copied to be translated; a snippet is not saved yet, it will be."""
    if not isinstance(target_obj, Page) or target_obj.alias_of_id:
        return
    if not TranslationState.objects.of([target_obj]).exists():
        start_state(target_obj, texts_of(source_obj.specific)).save()
    if restriction := PageViewRestriction.objects.filter(page=source_obj.pk).first():
        copy_restriction(restriction, target_obj)


def _on_page_deleted(instance: Page, **_: Any) -> None:
    delete_versions(instance)


def _on_snippet_deleted(instance: Any, **_: Any) -> None:
    if is_source(instance):
        for version in other_versions(instance):
            version.delete()
    else:
        TranslationState.objects.of([instance]).delete()


def _on_moved(instance: Page, parent_page_before: Page, parent_page_after: Page, **_: Any) -> None:
    if parent_page_before.pk != parent_page_after.pk:
        move_versions(instance)


def _on_restricted(instance: PageViewRestriction, **_: Any) -> None:
    restrict_versions(instance)


def _on_restricted_groups(instance: Any, action: str, **_: Any) -> None:
    if action.startswith("post_") and isinstance(instance, PageViewRestriction):
        restrict_versions(instance)


def _on_opened(instance: PageViewRestriction, **_: Any) -> None:
    open_versions(instance)


page_published.connect(_on_page_published, dispatch_uid="translations-published")
page_unpublished.connect(_on_unpublished, dispatch_uid="translations-unpublished")
copy_for_translation_done.connect(_on_copied, dispatch_uid="translations-copied")
post_page_move.connect(_on_moved, dispatch_uid="translations-moved")
post_delete.connect(_on_page_deleted, sender=Page, dispatch_uid="translations-page-deleted")
for model in translated_snippets():
    uid = f"translations-{model.__name__}"
    post_save.connect(_on_snippet_saved, sender=model, dispatch_uid=f"{uid}-saved")
    post_delete.connect(_on_snippet_deleted, sender=model, dispatch_uid=f"{uid}-deleted")
    unpublished.connect(_on_unpublished, sender=model, dispatch_uid=f"{uid}-unpublished")
post_save.connect(_on_restricted, sender=PageViewRestriction, dispatch_uid="translations-closed")
post_delete.connect(_on_opened, sender=PageViewRestriction, dispatch_uid="translations-opened")
m2m_changed.connect(
    _on_restricted_groups,
    sender=PageViewRestriction.groups.through,
    dispatch_uid="translations-closed-groups",
)
