"""« Vos droits »: what the law gives to persons who are cared for, checked and dated."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.blocks import EASY_BLOCKS
from home.blocks.rights import RIGHTS_BLOCKS
from home.models.standard import EASY_LANGUAGE
from portal.base.fields import StreamField
from portal.base.navigation import language_of
from portal.blocks import BODY_BLOCKS
from search.models import SearchablePage


class RightsPage(SearchablePage):
    """Serves somebody who wants to know, or to use, a right in psychiatric care.

    A right is told with its article; the day it was checked and the sources are below it. A page
    may hold a sheet that is filled in and printed, of which nothing is sent nor kept.
    """

    personal_fields = ()
    page_description = _(
        "Un droit : ce que dit la loi, comment s’en servir, d’après quelles sources."
    )
    parent_page_types = ["home.HomePage", "home.RightsPage"]
    subpage_types = ["home.RightsPage"]
    search_words = "droits recours loi"

    body = StreamField(
        [*BODY_BLOCKS, *RIGHTS_BLOCKS, *EASY_BLOCKS], blank=True, verbose_name=_("contenu")
    )
    sources = RichTextField(
        _("sources"),
        blank=True,
        features=["link", "ul"],
        help_text=_("La loi et ses articles, ou l’organisme qui le dit."),
    )
    checked_on = models.DateField(
        _("vérifiée le"),
        null=True,
        blank=True,
        help_text=_("Le jour où quelqu’un a relu ces règles dans leurs sources."),
    )

    class Meta:
        verbose_name = _("page de droits")
        verbose_name_plural = _("pages de droits")

    content_panels = [
        *SearchablePage.content_panels,
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("sources"), FieldPanel("checked_on")], heading=_("D’où cela vient")
        ),
    ]
    search_fields = [*SearchablePage.search_fields, index.SearchField("body")]
    override_translatable_fields = [
        *SearchablePage.override_translatable_fields,
        TranslatableField("body"),
        TranslatableField("sources"),
        SynchronizedField("checked_on", overridable=False),
    ]

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if bool(self.sources) != bool(self.checked_on):
            missing = "checked_on" if self.sources else "sources"
            errors[missing] = _(
                "Donnez les sources et le jour de la vérification : les deux, ou rien."
            )
        elif self.checked_on and self.checked_on > timezone.localdate():
            errors["checked_on"] = _("Cette date est à venir.")
        if errors:
            raise ValidationError(errors)

    @property
    def is_easy(self) -> bool:
        """Whether the page uses the easy-to-read layout: that of its language."""
        return language_of(self) == EASY_LANGUAGE

    @cached_property
    def readable_children(self) -> list["RightsPage"]:
        return list(RightsPage.objects.child_of(self).live().public().order_by("path"))
