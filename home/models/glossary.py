from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import TranslatableField

from portal.base.fields import StreamField
from portal.blocks import BODY_BLOCKS
from portal.glossary.models import GlossaryTerm
from search.models import SearchablePage


class GlossaryPage(SearchablePage):
    """Serves whoever meets an acronym: every word of the lexicon, in one page."""

    personal_fields = ()
    page_description = _("Le lexique : tous les mots et sigles, de A à Z.")
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    search_kind = "LEXIQUE"

    intro = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("introduction"))

    class Meta:
        verbose_name = _("lexique")
        verbose_name_plural = _("lexiques")

    content_panels = [*SearchablePage.content_panels, FieldPanel("intro")]

    override_translatable_fields = [
        *SearchablePage.override_translatable_fields,
        TranslatableField("intro"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        in_language = GlossaryTerm.objects.filter(locale_id=self.locale_id)
        terms = sorted(in_language, key=lambda term: term.anchor)
        context["letters"] = [
            (letter, list(group)) for letter, group in groupby(terms, key=_first_letter)
        ]
        return context

    def structured_data(self) -> list[dict[str, Any]]:
        return [
            {
                "@context": "https://schema.org",
                "@type": "DefinedTermSet",
                "name": self.title,
                "url": self.full_url,
            }
        ]


def _first_letter(term: GlossaryTerm) -> str:
    first = term.anchor[:1].upper()
    return first if first.isalpha() else "0-9"
