"""Rendering of the page links of rich text."""

import re
from typing import Any

from django.db.models import Model
from django.utils.html import escape
from django.utils.translation import get_language

from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler as WagtailPageLinkHandler

from portal.base.navigation import language_of

STORED_PK = re.compile("[0-9]{1,18}")  # no more digits than a database counts with


class PageLinkHandler(WagtailPageLinkHandler):
    """A link to a page, in one query whatever the number and types of the pages.

    In another language than the page's own, one more query finds the translations.
    """

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Model | None]:
        ids = [
            int(text) if STORED_PK.fullmatch(text := one.get("id", "")) else 0 for one in attrs_list
        ]
        pages = Page.objects.live().in_bulk({pk for pk in ids if pk})
        foreign = [page for page in pages.values() if language_of(page) != get_language()]
        versions = cls._translations(foreign)
        found = {pk: versions.get(page.translation_key, page) for pk, page in pages.items()}
        return [found.get(pk) for pk in ids]

    @staticmethod
    def _translations(pages: list[Page]) -> dict[Any, Page]:
        if not pages:
            return {}
        versions = Page.objects.live().filter(
            translation_key__in=[page.translation_key for page in pages],
            locale__language_code=get_language(),
            alias_of__isnull=True,
        )
        return {version.translation_key: version for version in versions}

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        return [
            f'<a href="{escape(page.url)}">' if page else "<a>"  # type: ignore[attr-defined]
            for page in cls.get_many(attrs_list)
        ]
