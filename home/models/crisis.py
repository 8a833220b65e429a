from datetime import date
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import TranslatableField

from dateutil.relativedelta import relativedelta

from home.blocks import ADVICE_BLOCKS
from home.emergency_doors import emergency_areas
from home.json_ld import help_line_data
from home.page_content import help_lines
from portal.base.fields import StreamField
from portal.base.offline_copies import allow_offline_copy
from portal.blocks import BODY_BLOCKS
from portal.crisis.help_numbers import ANY_EMERGENCY
from portal.crisis.models import HelpLine
from portal.crisis.needs import Need, get_need_pages
from search.models import SearchablePage

#: Older than this, « numbers checked on… » would say the contrary of what it seems to.
CHECKED_MONTHS = 6
#: Situations that are seen at once; the others wait in a fold.
_SEEN_AT_ONCE = 9
#: The needs that cannot wait; the other pages are reached from the home page.
_NEEDS = (Need.VIOLENCE, Need.RELATIVE, Need.TEENAGER, Need.ADDICTION, Need.UNSURE)


class Situation(NamedTuple):
    """What happens, in the words of who lives it, and where it is answered."""

    text: str
    url: str
    language: str = ""


class CrisisPage(SearchablePage):
    """Serves a person who is not well now, or someone beside them.

    The numbers come from the help lines, the places from the directory: nothing that
    could go stale is typed here.
    """

    personal_fields = ()
    page_description = _("« Aide maintenant » : les numéros, les lieux, que faire.")
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
        verbose_name = _("page « Aide maintenant »")
        verbose_name_plural = _("pages « Aide maintenant »")

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

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> TemplateResponse:
        response = super().serve(request, *args, **kwargs)
        allow_offline_copy(request, response)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        lines = self.lines
        situations = self._situations()
        return context | {
            # 112 answers too; it is said in a sentence, where three buttons are enough.
            "first_lines": [
                line for line in lines if line.is_crisis and line.number != ANY_EMERGENCY.number
            ],
            "any_emergency": ANY_EMERGENCY,
            "situations": situations[:_SEEN_AT_ONCE],
            "more_situations": situations[_SEEN_AT_ONCE:],
            "lines": lines,
            "lines_checked_on": self._checked_on(),
            "emergency_areas": emergency_areas(self.locale_id),
        }

    def _situations(self) -> list[Situation]:
        """What is answered: the advice, the pages of needs, then each line by its situation."""
        found = [
            Situation(block.value["situation"], f"#conseil-{rank}")
            for rank, block in enumerate(self.advice, start=1)
        ]
        needs = get_need_pages(self.locale_id)
        found += [Situation(needs[key].title, needs[key].url) for key in _NEEDS if key in needs]
        found += [
            Situation(line.situation, f"#{line.anchor}", line.language)
            for line in self.lines
            if not line.is_crisis
        ]
        return found

    def _checked_on(self) -> date | None:
        """The oldest check of the numbers, when all of them are recent; else nothing is said."""
        checked = [line.verified_on for line in self.lines if line.verified_on]
        oldest = min(checked, default=None)
        too_old = timezone.localdate() - relativedelta(months=CHECKED_MONTHS)
        return oldest if oldest and oldest >= too_old else None

    @cached_property
    def lines(self) -> list[HelpLine]:
        return help_lines(self.locale_id)

    def structured_data(self) -> list[dict[str, Any]]:
        """The lines in the language of the page; the others are told by its source."""
        return [help_line_data(line) for line in self.lines if line.locale_id == self.locale_id]
