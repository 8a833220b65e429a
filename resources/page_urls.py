"""Addresses of pages of the directory that other pages link to."""

from wagtail.models import Locale, Page

from portal.cache.cached import get_or_set


def get_finder_url(locale_id: int) -> str:
    """« Quel est mon CMP ? » in this language; empty while that page is not published."""
    return get_or_set(f"finder:{locale_id}", lambda: _read_finder_address(locale_id))


def get_locale_id(language: str) -> int:
    """The key of a language of the portal; 0 for another one."""
    return get_or_set(f"locale:{language}", lambda: _read_locale_id(language))


def _read_locale_id(language: str) -> int:
    return Locale.objects.filter(language_code=language).values_list("pk", flat=True).first() or 0


def _read_finder_address(locale_id: int) -> str:
    pages = Page.objects.live().filter(sectorfinderpage__isnull=False, alias_of=None)
    page = pages.filter(locale_id=locale_id).first()
    return (page.url or "") if page else ""
