"""How links of rich text are written out."""

from django.db.models import Model
from django.utils.html import escape

from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler as WagtailPageLinkHandler

from portal.base.navigation import in_readers_language


class PageLinkHandler(WagtailPageLinkHandler):
    """A link to a page, in one query whatever the number and types of the pages."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Model | None]:
        ids = [int(attrs["id"]) for attrs in attrs_list if attrs.get("id", "").isdigit()]
        pages = Page.objects.live().in_bulk(ids)
        return [pages.get(int(attrs.get("id") or 0)) for attrs in attrs_list]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        return [
            f'<a href="{escape(in_readers_language(page).url)}">' if page else "<a>"
            for page in cls.get_many(attrs_list)
        ]
