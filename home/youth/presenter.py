"""Presenter of the page of children and young people; each part is read when asked for."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from actions.models import ActionPage
from home.needs.numbers import CalledLine, LineBook
from home.page_versions import one_version_each
from home.youth.stages import STAGES, YouthStage
from portal.crisis.needs import NeedLink, need_page_for
from portal.geo.models import Territory
from resources.listing.door_cards import DoorCard, door_card
from resources.listing.models import DirectoryPage
from resources.listing.type_labels import TypeLabel, get_type_labels
from resources.service_areas.answers import serves
from resources.service_areas.doors import Door
from resources.service_areas.facts import DoorFacts, door_facts

MOST_CARDS = 3


@dataclass(frozen=True, slots=True)
class TypeCount:
    """How many places of a type receive those of a stage; ``url`` leads to them."""

    count: int
    label: str
    url: str


class ShownStage:
    """One part of the page: its doors, its actions, where to begin."""

    def __init__(self, stage: YouthStage, shown: "YouthPresenter") -> None:
        self.stage = stage
        self._shown = shown

    @property
    def need(self) -> NeedLink | None:
        """The page that says whom to call and what to do."""
        return need_page_for(self.stage.need, self._shown.locale_id) if self.stage.need else None

    @property
    def lines(self) -> list[CalledLine]:
        return [line for number in self.stage.numbers if (line := self._shown.line(number))]

    @cached_property
    def _doors(self) -> list[DoorFacts]:
        """Those that receive them, the places for the young first."""
        found = [one for one in self._shown.doors if self.stage.receives(one.kind, one.reception)]
        return sorted(found, key=lambda one: not self.stage.is_first(one.kind, one.reception))

    @cached_property
    def types(self) -> list[TypeCount]:
        counted = Counter(one.kind for one in self._doors)
        return [self._type(self._shown.labels[code], n) for code, n in counted.items()]

    def _type(self, label: TypeLabel, count: int) -> TypeCount:
        asked = [("type", label.query_code), *self.stage.query, *self._shown.place_query]
        base = self._shown.directory_url
        return TypeCount(count, label.plain_name, f"{base}?{urlencode(asked)}" if base else "")

    @cached_property
    def cards(self) -> list[DoorCard]:
        """A few doors of the territory asked for, one of each type in turn; none without one."""
        if self._shown.territory is None:
            return []
        first: dict[str, DoorFacts] = {}
        for one in self._doors:
            if one.phone:
                first.setdefault(one.kind, one)
        return [
            door_card(Door(one, serves(one.reception, None)), self._shown.locale_id)
            for one in list(first.values())[:MOST_CARDS]
        ]

    @cached_property
    def actions(self) -> list[Any]:
        publics = set(self.stage.publics)
        return [action for action in self._shown.actions if publics & set(action.publics)]


class YouthPresenter:
    """``query`` may hold ``territoire``, the slug of a territory."""

    def __init__(self, page: Any, query: QueryDict) -> None:
        self.locale_id = page.locale_id
        self.asked = query.get("territoire", "").strip()[:90]

    @cached_property
    def territories(self) -> list[Territory]:
        return list(Territory.objects.all())

    @cached_property
    def territory(self) -> Territory | None:
        return next((one for one in self.territories if one.slug == self.asked), None)

    @property
    def ignored(self) -> str:
        """What to say of a territory that does not exist; empty otherwise."""
        if not self.asked or self.territory:
            return ""
        return _("Ce territoire n’existe pas ici. Voici tout le département.")

    @cached_property
    def stages(self) -> list[ShownStage]:
        return [ShownStage(stage, self) for stage in STAGES]

    @cached_property
    def labels(self) -> dict[str, TypeLabel]:
        return get_type_labels(self.locale_id)

    @cached_property
    def doors(self) -> list[DoorFacts]:
        """The entries that readers find; those that stand in the territory, or serve some of it."""
        known = door_facts(self.locale_id, self.labels)
        found = [one for entries in known.values() for one in entries]
        if self.territory is None:
            return found
        codes = self.territory.codes_of_place
        return [
            one
            for one in found
            if one.reception.commune in codes or one.reception.area.serves_some(codes)
        ]

    @cached_property
    def actions(self) -> list[Any]:
        actions = ActionPage.objects.live().public().without_examples()
        if self.territory:
            actions = actions.in_territory(self.territory.slug)
        return one_version_each(actions.for_list().in_order(), self.locale_id)

    @cached_property
    def directory_url(self) -> str:
        page = DirectoryPage.objects.live().filter(locale_id=self.locale_id).first()
        return (page.url or "") if page else ""

    @property
    def place_query(self) -> list[tuple[str, str]]:
        return [("ou", self.territory.name)] if self.territory else []

    @cached_property
    def _lines(self) -> LineBook:
        return LineBook(self.locale_id)

    def line(self, number: str) -> CalledLine | None:
        return self._lines.find_number(number)
