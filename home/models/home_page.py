from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import TranslatableField

from home.blocks import HOME_BLOCKS
from home.page_content import pages_in_language
from portal.base.fields import StreamField
from portal.base.navigation import language_of
from search.models import SearchablePage


class HomePage(SearchablePage):
    """Serves whoever arrives: first the person who needs help, then the curious.

    There is one a language. In a language where little is translated, only what exists
    is shown: no French words under another language's flag.
    """

    personal_fields = ()
    page_description = _("L’accueil du portail, composé de sections.")
    parent_page_types = ["wagtailcore.Page"]
    search_kind = ""  # leads to the others

    body = StreamField(HOME_BLOCKS, blank=True, verbose_name=_("sections"))

    class Meta:
        verbose_name = _("accueil")
        verbose_name_plural = _("accueils")

    content_panels = [*SearchablePage.content_panels, FieldPanel("body")]

    override_translatable_fields = [
        *SearchablePage.override_translatable_fields,
        TranslatableField("body"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        if not self.opens_with_a_hero:
            context["pages"] = pages_in_language(self)
        return context

    @property
    def opens_with_a_hero(self) -> bool:
        """Whether the sections bring the page's title themselves."""
        return any(block.block_type == "hero" for block in self.body)

    def structured_data(self) -> list[dict[str, Any]]:
        return [
            {
                "@context": "https://schema.org",
                "@type": "WebSite",
                "name": self.title,
                "url": self.full_url,
                "inLanguage": language_of(self),
            }
        ]
