"""Tags of translated pages."""

from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone

from wagtail.models import Page

from portal.base.navigation import language_of
from portal.translations.models import TranslationState

register = template.Library()


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
