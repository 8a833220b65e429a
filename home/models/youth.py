"""« Enfants et jeunes »: the part of the plan for the young, computed."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import TranslatableField

from home.page_versions import published_address
from home.youth.presenter import YouthPresenter
from portal.base.fields import StreamField
from portal.blocks import BODY_BLOCKS
from portal.cache.held import held
from search.models import SearchablePage


class YouthPage(SearchablePage):
    """Serves parents, the young and those who act for them, from before birth to 25 years.

    The doors come from the ages that the directory says, the actions from their publics: nothing
    is typed here but what the body adds.
    """

    personal_fields = ()
    page_description = _("« Enfants et jeunes » : lieux et actions, âge par âge, calculés.")
    parent_page_types = ["home.HomePage", "home.PtsmPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    search_words = "enfants adolescents jeunes bébé périnatalité aide sociale à l’enfance"

    body = StreamField(
        BODY_BLOCKS,
        blank=True,
        verbose_name=_("ce que le projet veut dire"),
        help_text=_("Facultatif. Les lieux et les actions, eux, se remplissent seuls."),
    )

    class Meta:
        verbose_name = _("page des enfants et des jeunes")
        verbose_name_plural = _("pages des enfants et des jeunes")

    content_panels = [*SearchablePage.content_panels, FieldPanel("body")]
    override_translatable_fields = [
        *SearchablePage.override_translatable_fields,
        TranslatableField("body"),
    ]

    @classmethod
    def address(cls, locale_id: int) -> str:
        """Where the published page of a language is; empty without one."""
        return held(f"youth:{locale_id}", lambda: published_address(cls, locale_id))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"presenter": YouthPresenter(self, request.GET)}
