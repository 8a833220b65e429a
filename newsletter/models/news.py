"""What is new: short, dated articles."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from newsletter.models.related import RelatedPage
from newsletter.querysets import NewsQuerySet
from portal.base.blocks import BODY_BLOCKS
from portal.base.fields import StreamField
from portal.geo.models import Territory
from search.models import SearchablePage


class NewsIndexPage(SearchablePage):
    """Serves whoever wants to know what has changed lately."""

    page_description = _("La liste des actualités, de la plus récente à la plus ancienne.")
    subpage_types = ["newsletter.NewsPage"]
    max_count_per_parent = 1

    personal_fields = ()

    class Meta:
        verbose_name = _("liste des actualités")
        verbose_name_plural = _("listes des actualités")


class NewsPage(SearchablePage):
    """Serves whoever follows the PTSM: one thing that happened, told in a few words."""

    page_description = _("Une nouvelle : ce qui s’est passé, ce qui change, pour qui.")
    parent_page_types = ["newsletter.NewsIndexPage"]
    subpage_types: list[str] = []
    search_kind = "ACTUALITE"

    personal_fields = ()

    date = models.DateField(
        _("date"),
        default=timezone.localdate,
        help_text=_("Le jour de la nouvelle ; elle décide de l’ordre dans la liste."),
    )
    body = StreamField(BODY_BLOCKS, blank=True, verbose_name=_("texte"))
    territories = ParentalManyToManyField(
        Territory,
        verbose_name=_("territoires"),
        blank=True,
        related_name="+",
        help_text=_("Aucun territoire coché : la nouvelle parle de tout le département."),
    )

    objects = PageManager.from_queryset(NewsQuerySet)()

    class Meta:
        verbose_name = _("actualité")
        verbose_name_plural = _("actualités")

    content_panels = [
        *SearchablePage.content_panels,
        FieldPanel("date"),
        FieldPanel("body"),
        FieldPanel("territories"),
        InlinePanel("related_pages", label=_("page liée"), heading=_("Pour aller plus loin")),
    ]

    search_fields = [
        *SearchablePage.search_fields,
        index.SearchField("body"),
        index.FilterField("date"),
    ]

    override_translatable_fields = [
        *SearchablePage.override_translatable_fields,
        TranslatableField("body"),
        SynchronizedField("date", overridable=False),
        SynchronizedField("territories", overridable=False),
        SynchronizedField("related_pages", overridable=False),
    ]


class NewsRelatedPage(RelatedPage):
    personal_fields = ()

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="related_pages")

    class Meta(RelatedPage.Meta):
        verbose_name = _("page liée")
        verbose_name_plural = _("pages liées")
