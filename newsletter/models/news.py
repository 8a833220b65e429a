"""What is new: short, dated articles."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from newsletter.forms import TerritoryFilterForm
from newsletter.models.related import RelatedPage, pages_to_read_next
from newsletter.querysets import NewsQuerySet
from portal.base.fields import StreamField
from portal.blocks import BODY_BLOCKS
from portal.cache.held import held
from portal.geo.models import Territory
from search.models import SearchablePage

PER_PAGE = 12


class NewsIndexPage(SearchablePage):
    """Serves whoever wants to know what has changed lately."""

    page_description = _("La liste des actualités, de la plus récente à la plus ancienne.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["newsletter.NewsPage"]
    max_count_per_parent = 1

    personal_fields = ()
    search_kind = "ACTUALITE"

    class Meta:
        verbose_name = _("liste des actualités")
        verbose_name_plural = _("listes des actualités")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        form = TerritoryFilterForm(request.GET)
        news = NewsPage.objects.listed_under(self).latest_first()
        form.is_valid()  # an unknown choice is said beside its field, and narrows nothing
        territory = form.cleaned_data.get("territoire")
        if territory:
            news = news.about(territory)
        news = news.select_related("listing_image").prefetch_related("territories")
        pages = held(f"news:{self.pk}:{territory and territory.pk}", lambda: _NewsPages(news))
        return context | {
            "form": form,
            "kept_query": form.kept_query,
            "news": pages.get_page(request.GET.get("page")),
        }


class _NewsPages(Paginator):
    """The pages of a list of news, each read once."""

    def __init__(self, news: Any) -> None:
        super().__init__(news, PER_PAGE)
        self._read: dict[int, Any] = {}

    def page(self, number: Any) -> Any:
        page = super().page(number)
        page.object_list = self._read.setdefault(page.number, page.object_list)
        return page


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

    @cached_property
    def read_next(self) -> list[Page]:
        return pages_to_read_next(self)

    def structured_data(self) -> list[dict[str, Any]]:
        article = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.title,
            "datePublished": self.date.isoformat(),
            "dateModified": self.updated_on.isoformat(),
            "url": self.full_url,
        }
        if self.summary:
            article["description"] = self.summary
        return [article]


class NewsRelatedPage(RelatedPage):
    personal_fields = ()

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="related_pages")

    class Meta(RelatedPage.Meta):
        verbose_name = _("page liée")
        verbose_name_plural = _("pages liées")
