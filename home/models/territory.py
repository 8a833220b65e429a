"""« Près de chez vous »: the territories of the department, each with its page."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.department_map import DepartmentMap, draw_territories
from home.needs.finder import DoorFinder
from home.page_versions import published_address
from home.territories.presenter import DOOR_TYPES, TerritoryPresenter
from portal.base.fields import StreamField
from portal.blocks import BODY_BLOCKS
from portal.cache.held import held
from portal.geo.models import Territory
from portal.geo.place import Place
from search.models import SearchablePage


class TerritoryIndexPage(SearchablePage):
    """Serves whoever looks for what there is near home: one page for each territory."""

    personal_fields = ()
    page_description = _("« Près de chez vous » : les territoires, chacun avec sa page.")
    parent_page_types = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["home.TerritoryPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("page des territoires")
        verbose_name_plural = _("pages des territoires")

    @classmethod
    def address(cls, locale_id: int) -> str:
        """Where the published page of a language is; empty without one."""
        return held(f"territories:{locale_id}", lambda: published_address(cls, locale_id))

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A commune that was typed leads to the page of its territory; it stays in no cache."""
        finder = self._finder(request)
        if page := self._page_of(finder.place):
            asked = urlencode({"ou": finder.asked})
            response: HttpResponseBase = HttpResponseRedirect(f"{page.url}?{asked}")
        else:
            response = super().serve(request, *args, finder=finder, **kwargs)
        if request.GET:
            add_never_cache_headers(response)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        finder = kwargs["finder"] if "finder" in kwargs else self._finder(request)
        return super().get_context(request, *args, **kwargs) | {"finder": finder}

    def _finder(self, request: HttpRequest) -> DoorFinder:
        return DoorFinder(DOOR_TYPES, None, self.locale_id, request.GET)

    def _page_of(self, place: Place | None) -> "TerritoryPage | None":
        codes = {place.code, *place.codes} if place else set()
        return next(
            (
                page
                for page in self.pages
                if codes.intersection(one.pk for one in page.territory.communes.all())
            ),
            None,
        )

    @cached_property
    def drawing(self) -> DepartmentMap | None:
        """The territories on a map, numbered in the order of ``pages``."""
        return draw_territories(page.territory for page in self.pages)

    @cached_property
    def pages(self) -> list["TerritoryPage"]:
        """The published pages in the order of the territories, each with its communes."""
        pages = TerritoryPage.objects.child_of(self).live().filter(view_restrictions=None)
        return list(
            pages.select_related("territory")
            .prefetch_related("territory__communes")
            .order_by("territory__order", "territory__name")
        )


class TerritoryPage(SearchablePage):
    """Serves people of a territory: whom to call, who acts, what is missing near home.

    Everything is computed from the directory, the roadmap and the agenda; the body holds what
    those who act there want to add.
    """

    personal_fields = ()
    page_description = _("La page d’un territoire : ses lieux, son CLSM, ses actions, ses dates.")
    parent_page_types = ["home.TerritoryIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire"),
        on_delete=models.PROTECT,
        related_name="pages",
        help_text=_("Une seule page par territoire."),
    )
    body = StreamField(
        BODY_BLOCKS,
        blank=True,
        verbose_name=_("ce que le territoire veut dire"),
        help_text=_("Facultatif : le CLSM, ses groupes de travail, ce qui se prépare ici."),
    )

    class Meta:
        verbose_name = _("page d’un territoire")
        verbose_name_plural = _("pages des territoires")

    content_panels = [
        *SearchablePage.content_panels,
        FieldPanel("territory"),
        FieldPanel("body"),
    ]
    override_translatable_fields = [
        *SearchablePage.override_translatable_fields,
        SynchronizedField("territory", overridable=False),
        TranslatableField("body"),
    ]

    def clean(self) -> None:
        super().clean()
        if other := self._other_page_of_territory():
            raise ValidationError(
                {
                    "territory": _("La page « %(title)s » est déjà celle de ce territoire.")
                    % {"title": other.title}
                }
            )

    def _other_page_of_territory(self) -> "TerritoryPage | None":
        if not self.territory_id or not self.locale_id:
            return None
        pages = TerritoryPage.objects.filter(
            territory=self.territory_id, locale_id=self.locale_id, alias_of=None
        )
        return pages.exclude(pk=self.pk).first()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> TemplateResponse:
        """The commune that was typed stays in no cache."""
        response = super().serve(request, *args, **kwargs)
        if request.GET:
            add_never_cache_headers(response)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"presenter": TerritoryPresenter(self, request.GET)}

    def stream_text(self) -> str:
        """People look for a territory by the names of its communes."""
        names = self.territory.communes.order_by("slug").values_list("name", flat=True)
        return "\n".join([super().stream_text(), ", ".join(names)])
