from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import get_language

from wagtail import hooks
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.base.models import GlossaryTerm, HelpLine


class HelpLineViewSet(SnippetViewSet):
    model = HelpLine
    icon = "help"
    list_display = ["situation", "name", "number", "is_crisis", "verified_on"]
    list_filter = ["is_crisis", "channel"]
    ordering = ["-is_crisis", "order", "name"]


class GlossaryTermViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    list_display = ["term", "expansion", "is_explained_in_texts"]
    ordering = ["term"]


register_snippet(HelpLineViewSet)
register_snippet(GlossaryTermViewSet)


@hooks.register("before_serve_page")
def show_a_page_in_its_own_language(
    page: Page, request: HttpRequest, serve_args: list[Any], serve_kwargs: dict[str, Any]
) -> HttpResponseRedirect | None:
    """A page that is not translated is read at its own address, never under another flag.

    Without this, /ar/ would show the French home page and call it Arabic.
    """
    language = get_supported_content_language_variant(get_language() or "")
    if page.locale.language_code == language:
        return None
    return redirect(page.get_url(request))
