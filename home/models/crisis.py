from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import TranslatableField

from home.blocks import ADVICE_BLOCKS
from home.json_ld import help_line_data
from home.page_content import get_emergency_entries, help_lines
from portal.base.blocks import BODY_BLOCKS
from portal.base.fields import StreamField
from portal.crisis.models import HelpLine
from search.models import SearchablePage


class CrisisPage(SearchablePage):
    """Serves a person who is not well now, or someone beside them.

    The numbers come from the help lines, the places from the directory: nothing that
    could go stale is typed here.
    """

    personal_fields = ()
    page_description = _("« Besoin d’aide maintenant » : les numéros, les lieux, que faire.")
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    advice = StreamField(
        ADVICE_BLOCKS,
        blank=True,
        verbose_name=_("que faire si…"),
        help_text=_("Sous les numéros : ce qu’il faut faire, une étape à la fois."),
    )
    body = StreamField(
        BODY_BLOCKS,
        blank=True,
        verbose_name=_("ce n’est pas urgent"),
        help_text=_("En bas de page : où chercher un rendez-vous ou une écoute."),
    )

    class Meta:
        verbose_name = _("page d’aide immédiate")
        verbose_name_plural = _("pages d’aide immédiate")

    content_panels = [
        *SearchablePage.content_panels,
        FieldPanel("advice"),
        FieldPanel("body"),
    ]

    override_translatable_fields = [
        *SearchablePage.override_translatable_fields,
        TranslatableField("advice"),
        TranslatableField("body"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        lines = self.lines
        return context | {
            "crisis_lines": [line for line in lines if line.is_crisis],
            "other_lines": [line for line in lines if not line.is_crisis],
            "lines_checked_on": min(
                (line.verified_on for line in lines if line.verified_on), default=None
            ),
            "emergency_entries": get_emergency_entries(),
        }

    @cached_property
    def lines(self) -> list[HelpLine]:
        return help_lines(self.locale_id)

    def structured_data(self) -> list[dict[str, Any]]:
        """The lines in the language of the page; the others are told by its source."""
        return [help_line_data(line) for line in self.lines if line.locale_id == self.locale_id]
