"""Pages by language: one version of each, and where the page of a type is."""

from typing import Any


def one_version_each(pages: Any, locale_id: int) -> list[Any]:
    """The pages of a queryset, each once: in the language whose ``Locale`` has this key, or else
    as it was written first. One query.
    """
    kept: dict[Any, Any] = {}
    for page in pages.filter(alias_of=None).select_related("locale"):
        known = kept.get(page.translation_key)
        if known is None or page.locale_id == locale_id:
            kept[page.translation_key] = page
    return list(kept.values())


def published_address(model: Any, locale_id: int) -> str:
    """Where the published page of a type is, in a language; empty without one. One query."""
    page = model.objects.live().public().filter(locale_id=locale_id).first()
    return (page.url or "") if page else ""
