"""Presenter of the page of a territory; each part is read when the template asks for it."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from wagtail.models import Page

from actions.models import ActionPage, ProjectIndicator
from actions.models.project_indicator import get_public_indicators
from actions.roadmap.models import ActionIndexPage
from home.choices import NeedDanger
from home.needs.danger import DangerSign, danger_sign
from home.needs.finder import DoorFinder
from home.page_versions import one_version_each
from home.territories.places import TerritoryPlaces, TypeFigure
from newsletter.models import EventPage, NewsPage
from newsletter.subscription.models import LetterIndexPage
from portal.geo.models import Commune, Territory
from resources.listing.models import DirectoryPage
from resources.models import ClsmPage

#: What a commune of the territory is looked for, the most useful first.
DOOR_TYPES = ["CMP", "CMPEA", "URGENCES_PSY", "MDA", "GEM"]
MOST_ACTIONS, MOST_DATES = 6, 3


class TerritoryPresenter:
    """``query`` may hold ``ou``, a commune; nothing of it is kept."""

    def __init__(self, page: Any, query: QueryDict) -> None:
        self.page = page
        self.territory: Territory = page.territory
        self.finder = DoorFinder(DOOR_TYPES, None, page.locale_id, query)

    @cached_property
    def indicators(self) -> list[ProjectIndicator]:
        """What is measured here and may be read; nothing that has no value yet."""
        return get_public_indicators(self.territory.pk)

    @property
    def danger_sign(self) -> DangerSign:
        return danger_sign(NeedDanger.SUICIDE, _("Vous pensez à mourir"), "")

    @cached_property
    def _towns_and_parts(self) -> list[tuple[Commune, bool]]:
        """Its communes and the arrondissements of these, each with whether it is a commune."""
        own = Exists(self.territory.communes.filter(pk=OuterRef("pk")))
        found = Commune.objects.annotate(is_own=own).filter(
            Q(is_own=True) | Q(parent__territories=self.territory)
        )
        return [(commune, commune.is_own) for commune in found.order_by("slug")]

    @cached_property
    def communes(self) -> list[Commune]:
        return [commune for commune, is_own in self._towns_and_parts if is_own]

    @cached_property
    def codes(self) -> frozenset[str]:
        """INSEE codes; a town that has arrondissements counts with them."""
        return frozenset(commune.pk for commune, _is_own in self._towns_and_parts)

    @property
    def population(self) -> int:
        return sum(commune.population or 0 for commune in self.communes)

    @cached_property
    def places(self) -> TerritoryPlaces:
        return TerritoryPlaces(self.territory, self.codes, self.page.locale_id)

    @property
    def figures(self) -> list[TypeFigure]:
        return self.places.expected_figures(self.directory_url)

    @cached_property
    def other_figures(self) -> list[TypeFigure]:
        return self.places.other_figures(self.directory_url)

    @property
    def unserved_count(self) -> int:
        """How many communes of the territory no care by sector is known to receive."""
        return sum(commune.pk in self.places.unserved for commune in self.communes)

    @cached_property
    def directory_url(self) -> str:
        return self._address(DirectoryPage)

    @property
    def places_url(self) -> str:
        """The directory, for this territory."""
        asked = urlencode({"ou": self.territory.name})
        return f"{self.directory_url}?{asked}" if self.directory_url else ""

    @cached_property
    def councils(self) -> list[ClsmPage]:
        """The CLSMs of the territory, or of some of its communes; true ones before examples."""
        here = Q(territory=self.territory) | Q(coverage_communes__in=self.codes)
        found = ClsmPage.objects.listed().filter(here | Q(commune__in=self.codes)).distinct()
        return self._in_language(found.order_by("is_example", "title"))

    @cached_property
    def actions(self) -> list[ActionPage]:
        """Those of this territory first, then those of the whole department."""
        actions = ActionPage.objects.live().without_examples().in_territory(self.territory.slug)
        found = self._in_language(actions.for_list().in_order())
        return sorted(found, key=lambda action: action.whole_department)[:MOST_ACTIONS]

    @cached_property
    def actions_url(self) -> str:
        address = self._address(ActionIndexPage)
        return f"{address}?{urlencode({'territoire': self.territory.slug})}" if address else ""

    @cached_property
    def events(self) -> list[EventPage]:
        here = EventPage.objects.filter(commune__in=self.codes, view_restrictions=None)
        return self._in_language(here.upcoming().with_place())[:MOST_DATES]

    @cached_property
    def news(self) -> list[NewsPage]:
        told = NewsPage.objects.filter(territories=self.territory, view_restrictions=None)
        return self._in_language(told.live().latest_first())[:MOST_DATES]

    @cached_property
    def letter_url(self) -> str:
        return self._address(LetterIndexPage)

    def _in_language(self, pages: Any) -> list[Any]:
        return one_version_each(pages, self.page.locale_id)

    def _address(self, model: Any) -> str:
        return self._addresses.get(model, "")

    @cached_property
    def _addresses(self) -> dict[Any, str]:
        """Where the list of each kind is, in the language of the page."""
        lists = Page.objects.live().type(DirectoryPage, ActionIndexPage, LetterIndexPage)
        mine = lists.filter(locale_id=self.page.locale_id).order_by("-path")
        return {page.specific_class: page.url or "" for page in mine}
