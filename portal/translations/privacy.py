"""A page that is private, moved or deleted in its source language is so in every language."""

from typing import Any

from django.conf import settings

from wagtail.models import Page, PageViewRestriction

from portal.translations.following import is_source, take_down
from portal.translations.models import TranslationState


def page_versions(page: Page) -> list[Page]:
    """The versions of a page in other languages, aliases too, as bare rows."""
    same = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return list(same.select_related("locale"))


def restrict_versions(restriction: PageViewRestriction) -> None:
    """Give the other versions of a source page the restriction that it has just got."""
    page = restriction.page
    if not is_source(page):
        return
    for version in page_versions(page):
        copy_restriction(restriction, version)


def copy_restriction(restriction: PageViewRestriction, version: Page) -> None:
    own = PageViewRestriction.objects.filter(page=version).first()
    own = own or PageViewRestriction(page_id=version.pk)
    own.restriction_type = restriction.restriction_type
    own.password = restriction.password
    own.save()
    own.groups.set(restriction.groups.all())


def open_versions(restriction: PageViewRestriction) -> None:
    """Open the other versions, unless one of them was closed in a way of its own."""
    page = restriction.page
    if not is_source(page):
        return
    versions = page_versions(page)
    same = PageViewRestriction.objects.filter(
        page__in=versions,
        restriction_type=restriction.restriction_type,
        password=restriction.password,
    )
    for own in same:
        own.delete()


def move_versions(page: Page) -> None:
    """Move the versions of a source page below the versions of its new parent.

    Where the parent has no version, the page stays where it is, and is closed if its source is.
    """
    if not is_source(page):
        return
    versions = page_versions(page)
    if not versions:
        return
    parent = page.get_parent()
    parents = {one.locale_id: one for one in page_versions(parent)}
    closed = page.get_view_restrictions().first()
    for version in versions:
        beside = parents.get(version.locale_id)
        if beside is not None and not version.is_child_of(beside):
            version.move(beside, pos="last-child")
        elif beside is None and closed is not None:
            copy_restriction(closed, version)


def delete_versions(page: Page) -> None:
    """Delete the versions of a source page that was deleted.

    A version that has something else below it is unpublished instead: nothing else is lost.
    """
    TranslationState.objects.of([page]).delete()
    versions = page_versions(page)
    if not versions or not is_source(page):
        return
    for version in versions:
        if _has_own_life(version.get_descendants()):
            take_down([version])
        else:
            version.delete()


def _has_own_life(pages: Any) -> bool:
    """Whether some of these pages are no translation, or that of a page that still exists."""
    keys = dict(pages.values_list("pk", "translation_key"))
    if not keys:
        return False
    followed = TranslationState.objects.filter(
        content_type__app_label="wagtailcore", object_id__in=list(keys)
    )
    sources = Page.objects.filter(
        translation_key__in=list(keys.values()), locale__language_code=settings.LANGUAGE_CODE
    )
    return followed.count() < len(keys) or sources.exists()
