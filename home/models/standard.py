from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.blocks import ACCESSIBILITY_BLOCKS, EASY_BLOCKS
from home.models.proofreading import ProofreadPage
from portal.base.fields import StreamField
from portal.base.navigation import language_of
from portal.blocks import BODY_BLOCKS
from search.models import SearchablePage

EASY_LANGUAGE = "fr-simple"


class StandardPage(ProofreadPage, SearchablePage):
    """Serves whoever reads about one subject: legal notice, explanation, easy-to-read text."""

    personal_fields = ()
    page_description = _("Une page de texte : mentions légales, explication, texte facile à lire.")
    parent_page_types = ["home.HomePage", "home.StandardPage", "home.PtsmPage"]
    subpage_types = ["home.StandardPage"]

    body = StreamField(
        [*BODY_BLOCKS, *EASY_BLOCKS, *ACCESSIBILITY_BLOCKS], blank=True, verbose_name=_("contenu")
    )
    is_easy_read = models.BooleanField(
        _("version facile à lire"),
        default=False,
        help_text=_("Grandes lettres, phrases courtes, un dessin par idée."),
    )

    class Meta:
        verbose_name = _("page de texte")
        verbose_name_plural = _("pages de texte")

    content_panels = [
        *SearchablePage.content_panels,
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("is_easy_read"),
                ProofreadPage.proofreading_panel,
            ],
            heading=_("Facile à lire"),
        ),
    ]
    search_fields = [*SearchablePage.search_fields, index.SearchField("body")]

    # A translation is easy to read by its language, and is proof-read on its own.
    override_translatable_fields = [
        *SearchablePage.override_translatable_fields,
        TranslatableField("body"),
        SynchronizedField("is_easy_read"),
        *ProofreadPage.proofreading_fields,
    ]

    @property
    def is_easy(self) -> bool:
        """Whether the page uses the easy-to-read layout."""
        return self.is_easy_read or language_of(self) == EASY_LANGUAGE

    @cached_property
    def readable_children(self) -> list["StandardPage"]:
        return list(StandardPage.objects.child_of(self).live().order_by("path"))
