"""What the directory knows in a territory: places by type, and what it does not know."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import cached_property

from portal.geo.models import Territory
from resources.choices import SECTORED_TYPES
from resources.listing.door_cards import DoorCard, door_card
from resources.listing.type_labels import TypeLabel, get_type_labels
from resources.service_areas.answers import ServiceAnswer, serves
from resources.service_areas.doors import HOSPITAL, Door
from resources.service_areas.facts import DoorFacts, door_facts

#: What anybody looks for near home: counted even when there is none.
EXPECTED_TYPES = (HOSPITAL, "CMP", "CMPEA", "MDA", "GEM")
MOST_CARDS = 4


@dataclass(frozen=True, slots=True)
class TypeFigure:
    """How many places of a type stand here; ``url`` leads to them, empty when there are none."""

    count: int
    label: str
    url: str


class TerritoryPlaces:
    """The entries that stand in a territory, in the language of a page. No query once cached."""

    def __init__(self, territory: Territory, codes: frozenset[str], locale_id: int) -> None:
        self.territory = territory
        self.codes = codes
        self.locale_id = locale_id

    @cached_property
    def labels(self) -> dict[str, TypeLabel]:
        return get_type_labels(self.locale_id)

    @cached_property
    def here(self) -> dict[str, list[DoorFacts]]:
        """By type code, those of which it may be said that they stand here."""
        known = door_facts(self.locale_id, self.labels)
        found = {}
        for code, entries in known.items():
            inside = [one for one in entries if one.reception.commune in self.codes]
            if inside:
                found[code] = inside
        return found

    def expected_figures(self, directory_url: str) -> list[TypeFigure]:
        """Those that anybody looks for, even when there are none."""
        return self._figures(
            [code for code in EXPECTED_TYPES if code in self.labels], directory_url
        )

    def other_figures(self, directory_url: str) -> list[TypeFigure]:
        """The other types that are here."""
        return self._figures(
            [code for code in self.labels if code in self.here and code not in EXPECTED_TYPES],
            directory_url,
        )

    def _figures(self, codes: list[str], directory_url: str) -> list[TypeFigure]:
        return [
            self._figure(self.labels[code], len(self.here.get(code, ())), directory_url)
            for code in codes
        ]

    def _figure(self, label: TypeLabel, count: int, directory_url: str) -> TypeFigure:
        asked = urlencode({"type": label.query_code, "ou": self.territory.name})
        url = f"{directory_url}?{asked}" if count and directory_url else ""
        return TypeFigure(count, label.plain_name, url)

    @cached_property
    def missing(self) -> list[str]:
        """The expected types that the directory does not know here, in plain words."""
        return [
            self.labels[code].plain_name
            for code in EXPECTED_TYPES
            if code in self.labels and code not in self.here
        ]

    @cached_property
    def unserved(self) -> frozenset[str]:
        """The communes for which no door of care by sector is known to receive."""
        doors = door_facts(self.locale_id, tuple(SECTORED_TYPES))
        areas = [one.reception.area for entries in doors.values() for one in entries]
        served = {code for code in self.codes for area in areas if area.serves_some([code])}
        return self.codes - served

    @cached_property
    def hospitals(self) -> list[DoorCard]:
        """Those to call when one lives here and does not know whom to ask."""
        callable_ones = [one for one in self.here.get(HOSPITAL, ()) if one.phone]
        return [self._card(one) for one in callable_ones[:2]]

    @cached_property
    def cards(self) -> list[DoorCard]:
        """A few doors of the expected types, those of each type in turn, the hospital apart."""
        codes = [code for code in EXPECTED_TYPES if code != HOSPITAL]
        in_turn = _in_turn([self.here.get(code, []) for code in codes])
        doors = [one for one in in_turn if one.phone]
        return [self._card(one) for one in doors[:MOST_CARDS]]

    def _card(self, facts: DoorFacts) -> DoorCard:
        answer: ServiceAnswer = serves(facts.reception, None)
        return door_card(Door(facts, answer), self.locale_id)


def _in_turn(groups: Iterable[list[DoorFacts]]) -> Iterator[DoorFacts]:
    lists = list(groups)
    for turn in range(max(map(len, lists), default=0)):
        yield from (entries[turn] for entries in lists if turn < len(entries))
