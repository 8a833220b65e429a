"""« Quel est mon CMP ? »: which sectors serve a commune at an age, and what to do about it.

Nothing is guessed: all the sectors that share a commune are told, and where none is known
only those who may serve it, or say which one does, are given.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import prefetch_related_objects
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.geo.lookup import look_up_place, towns_to_choose
from portal.geo.models import Commune
from portal.geo.names import short_commune_name
from portal.geo.place import Place, PlaceFound, PlaceMode
from portal.geo.service_area import Served, ServiceArea
from resources.choices import SectorAudience
from resources.listing.cards import ResultCard, entry_card
from resources.listing.door_cards import DoorCard, door_card
from resources.listing.type_labels import type_label
from resources.models.cmp import CmpPage
from resources.sectors.forms import FinderForm
from resources.sectors.lookup import (
    ServedSector,
    cmps_by_sector,
    get_served_sectors,
)
from resources.selection_params import (
    CARRIED_PARAMETER,
    SELECTION_PATH,
    SelectionLink,
    SelectionParams,
    selection_link,
    with_selection,
)
from resources.service_areas.answers import reception_of, serves
from resources.service_areas.doors import Door, doors_for

ADULT_FROM = 16  # some sectors for adults already receive at this age…
CHILD_UNTIL = 17  # … and some for children still do at this one
MOST_DOORS = 3
#: The type of places of an audience, and an age that it surely receives.
TYPES = {SectorAudience.ADULTE: "CMP", SectorAudience.INFANTO_JUVENILE: "CMPEA"}
AGES = {SectorAudience.ADULTE: 40, SectorAudience.INFANTO_JUVENILE: 8}

TITLES = {
    SectorAudience.ADULTE: gettext_lazy("Pour un adulte"),
    SectorAudience.INFANTO_JUVENILE: gettext_lazy("Pour un enfant ou un adolescent"),
}
TAGS = {
    SectorAudience.ADULTE: gettext_lazy("CMP pour adultes"),
    SectorAudience.INFANTO_JUVENILE: gettext_lazy("CMP pour enfants et adolescents"),
}


@dataclass(frozen=True, slots=True)
class AudienceAnswer:
    """What one group of ages finds at a place.

    ``lines`` are the CMPs of the sectors; ``bare`` the sectors that no CMP of the directory
    serves; ``doors`` say where to ask, only when the place has no known sector.
    """

    audience: SectorAudience
    served: tuple[ServedSector, ...] = ()
    lines: tuple[ResultCard, ...] = ()
    bare: tuple[ServedSector, ...] = ()
    doors: tuple[DoorCard, ...] = ()

    @property
    def title(self) -> str:
        return str(TITLES[self.audience])

    @property
    def may_be_called(self) -> bool:
        """Whether one of the places shown has a number: one may then be told to call."""
        numbers = [line.phone for line in self.lines] + [door.phone for door in self.doors]
        return any(numbers)

    @property
    def is_shared(self) -> bool:
        """Whether the address decides, and not the commune alone."""
        return len(self.served) > 1 or any(not one.is_whole for one in self.served)


class SectorChoice(NamedTuple):
    """A place that the reader may have meant, and the question that says so."""

    text: str
    url: str


def audiences_at(age: int | None) -> list[SectorAudience]:
    """Who receives a person of this age; at 16 and 17, either may."""
    if age is None or ADULT_FROM <= age <= CHILD_UNTIL:
        return [SectorAudience.ADULTE, SectorAudience.INFANTO_JUVENILE]
    return [SectorAudience.ADULTE if age > CHILD_UNTIL else SectorAudience.INFANTO_JUVENILE]


def receives(entry: CmpPage, age: int | None) -> bool:
    """Whether nothing in the entry says that this age is not received there."""
    return serves(reception_of(entry, ServiceArea()), None, age).served is not Served.NO


class SectorFinder:
    """One question, and all that its page says: a query for each kind of row, no more."""

    def __init__(self, page: Any, query: QueryDict) -> None:
        self.page = page
        self.form = FinderForm(query)
        self.selection = SelectionParams(query, CARRIED_PARAMETER)

    @cached_property
    def age(self) -> int | None:
        self.form.is_valid()
        return self.form.cleaned_data.get("age")

    @cached_property
    def asked(self) -> str:
        self.form.is_valid()
        return self.form.cleaned_data.get("ou", "")

    @cached_property
    def found(self) -> PlaceFound:
        return look_up_place(self.asked)

    @property
    def place(self) -> Place | None:
        """The commune or arrondissement, when one was understood."""
        place = self.found.place
        is_vague = place is None or place.mode is PlaceMode.DEPARTMENT or self.area is not None
        return None if is_vague else place

    @property
    def area(self) -> Place | None:
        """Several communes of the department under one name, of which one is to be chosen."""
        place = self.found.place
        return place if place and place.is_area and not place.is_outside else None

    @property
    def question(self) -> str:
        """« Aubagne · 34 ans »: what was asked, on one line; empty before any question."""
        if not self.asked:
            return ""
        age = "" if self.age is None else ngettext("%(age)s an", "%(age)s ans", self.age)
        return " · ".join(filter(None, [self.asked, age % {"age": self.age} if age else ""]))

    @property
    def is_answered(self) -> bool:
        """Whether the question may be folded: there is an answer, or a choice to make."""
        return bool(self.question) and bool(self.answers or self.quarters)

    @property
    def title(self) -> str:
        """« Votre CMP pour Aubagne », else the title of the page."""
        if self.place is None or not self.answers:
            return str(self.page.title)
        return _("Votre CMP pour %(place)s") % {"place": short_commune_name(self.place.name)}

    @property
    def is_unknown(self) -> bool:
        return bool(self.asked) and self.found.place is None

    @property
    def needs_commune(self) -> bool:
        """« Bouches-du-Rhône » and « Pays d’Aix » are no place to live at."""
        return self.found.place is not None and self.place is None

    @property
    def is_outside(self) -> bool:
        return self.place is not None and self.place.is_outside

    @cached_property
    def quarters(self) -> list[SectorChoice]:
        """What to choose from: the arrondissements of a town, or the communes of an area."""
        towns = towns_to_choose(self.found.place)
        return [SectorChoice(town.name, self._url(town.name)) for town in towns]

    @property
    def choices(self) -> list[SectorChoice]:
        """The other places of the same name or postcode."""
        return [
            SectorChoice(
                f"{place.name} ({place.department})" if place.department else place.name,
                self._url(f"{place.postcode} {place.name}".strip()),
            )
            for place in self.found.choices
            if place.mode is not PlaceMode.DEPARTMENT
        ]

    def _url(self, where: str) -> str:
        question = {"ou": where, "age": self.age, CARRIED_PARAMETER: str(self.selection) or None}
        said = {name: value for name, value in question.items() if value is not None}
        return f"?{urlencode(said)}"

    @cached_property
    def answers(self) -> list[AudienceAnswer]:
        """An answer for each group of ages; none while the place is not one commune of ours."""
        if self.place is None or self.is_outside or self.quarters or self.form.errors:
            return []
        served = get_served_sectors(self.place)
        found: dict[SectorAudience, list[ServedSector]] = {
            audience: [one for one in served if one.sector.audience == audience]
            for audience in audiences_at(self.age)
        }
        cmps = cmps_by_sector(self.page.locale_id, [one.sector for one in served]) if served else {}
        self._read_closures([cmp for some in cmps.values() for cmp in some])
        return [
            self._known(audience, mine, cmps) if mine else self._unknown(audience)
            for audience, mine in found.items()
        ]

    def _known(
        self, audience: SectorAudience, served: list[ServedSector], cmps: dict[int, list[CmpPage]]
    ) -> AudienceAnswer:
        sentences: dict[CmpPage, list[str]] = {}
        for one in served:
            for cmp in cmps.get(one.sector.pk, []):
                sentences.setdefault(cmp, []).append(one.sentence)
        ours = [cmp for cmp in sentences if receives(cmp, self.age)] or list(sentences)
        return AudienceAnswer(
            audience,
            served=tuple(served),
            lines=tuple(self._line(cmp, audience, sentences[cmp]) for cmp in ours),
            bare=tuple(one for one in served if one.sector.pk not in cmps),
        )

    def _unknown(self, audience: SectorAudience) -> AudienceAnswer:
        """The CMPs of the commune itself, then who tells which one it is; none of another place."""
        age = AGES[audience] if self.age is None else self.age
        locale_id, types = self.page.locale_id, (TYPES[audience],)
        doors = doors_for(self.place, age, types=types, locale_id=locale_id, most=MOST_DOORS)
        return AudienceAnswer(audience, doors=tuple(map(self._door, doors)))

    def _door(self, door: Door) -> DoorCard:
        card = door_card(door, self.page.locale_id)
        url = with_selection(card.url, self.selection)
        return card._replace(url=url, choice=self._choice(door.facts))

    def _choice(self, entry: Any) -> SelectionLink:
        url = f"{self.page.directory_url}{SELECTION_PATH}"
        return selection_link(entry, url, self.selection)

    def _read_closures(self, cmps: list[CmpPage]) -> None:
        prefetch_related_objects([cmp for cmp in cmps if cmp.has_closures], "closures")

    def _line(self, cmp: CmpPage, audience: SectorAudience, sentences: Iterable[str]) -> ResultCard:
        ages = f"{cmp.ages}." if cmp.ages else ""
        said = " ".join(filter(None, [*sentences, ages])) or cmp.summary
        place = self.place
        commune = Commune(code=place.code, name=place.name) if place else None
        line = entry_card(cmp, 0, type_label(cmp.type), commune)
        return replace(
            line,
            id=f"cmp-{audience}-{cmp.pk}",
            kind=str(TAGS[audience]),
            serves=said,
            serves_surely=True,
            url=with_selection(line.url, self.selection),
            choice=self._choice(cmp),
        )
