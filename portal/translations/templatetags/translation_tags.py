"""Tags of translated pages."""

from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html

from wagtail.models import Page

from portal.base.navigation import language_of
from portal.translations.models import TranslationState

register = template.Library()


@register.filter
def said_in_source(words: str, page: Any) -> str:
    """The words, marked as French where a page of another language says them as its source does.

    A fact told in words is said in French until it is translated: screen readers are told so.
    """
    if not words or words not in _source_words(page):
        return words
    return format_html('<span lang="{}">{}</span>', settings.LANGUAGE_CODE, words)


def _source_words(page: Any) -> frozenset[str]:
    """All that the source of a translation says; nothing for a page in French. One query."""
    if not isinstance(page, Page) or not page.pk:
        return frozenset()
    if language_of(page).startswith(settings.LANGUAGE_CODE):
        return frozenset()
    if "_source_words" not in page.__dict__:
        state = TranslationState.objects.of([page]).first()
        said = state.source_texts.values() if state else ()
        page.__dict__["_source_words"] = frozenset(said)
    return frozenset(page.__dict__["_source_words"])


@register.simple_tag
def changed_in_source(page: Any) -> dict[str, Any] | None:
    """For a translation whose source says something else since: ``day``, ``url`` of the source.

    ``is_easy``: it is the easy-to-read version, in French too. None for a page in the source
    language, without a query.
    """
    if not isinstance(page, Page) or not page.pk or language_of(page) == settings.LANGUAGE_CODE:
        return None
    state = TranslationState.objects.of([page]).filter(changed_at__isnull=False).first()
    if state is None or state.changed_at is None:
        return None
    links = {link.code: link.url for link in page.languages}  # type: ignore[attr-defined]
    return {
        "day": timezone.localdate(state.changed_at),
        "url": links.get(settings.LANGUAGE_CODE, ""),
        "is_easy": language_of(page).startswith(f"{settings.LANGUAGE_CODE}-"),
    }
