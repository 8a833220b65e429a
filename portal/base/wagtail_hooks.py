from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from wagtail import hooks
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from portal.base.models import BasePage
from portal.base.navigation import language_of
from portal.base.rich_text import PageLinkHandler
from portal.base.untranslated_pages import serve_untranslated
from portal.cache.page_cache import mark_public


@hooks.register("register_rich_text_features", order=10)
def register_page_link_handler(features: FeatureRegistry) -> None:
    features.register_link_type(PageLinkHandler)


@hooks.register("before_serve_page")
def say_that_page_is_untranslated(
    page: Page, request: HttpRequest, serve_args: list[Any], serve_kwargs: dict[str, Any]
) -> HttpResponse | None:
    """Never show the words of one language under the address of another.

    Without this, /ar/ would show the French home page and call it Arabic. An alias that waits for
    its translation still holds the words of its source.
    """
    language = get_supported_content_language_variant(get_language() or "")
    if language_of(page) != language:
        return serve_untranslated(request, page)
    if page.alias_of_id and page.alias_of.locale_id != page.locale_id:
        return serve_untranslated(request, page.alias_of)
    return None


# After the restrictions of a page, and after redirections: what follows is public.
@hooks.register("before_serve_page", order=1000)
def keep_public_page(
    page: Page, request: HttpRequest, serve_args: list[Any], serve_kwargs: dict[str, Any]
) -> None:
    if isinstance(page, BasePage):
        mark_public(request, (page._meta.label, page.pk))
