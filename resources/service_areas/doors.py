"""The doors to offer for a need at a place, in the order in which they should be tried.

For a list, ``doors_for``; for the search, ``first_keys``. Nothing is asked of the database for
each entry: the facts of all entries of a type are read at once and cached until one changes.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.cache.cached import get_or_set
from portal.geo.distance import km_between
from portal.geo.models import Territory
from portal.geo.names import short_commune_name
from portal.geo.place import Place
from portal.geo.service_area import Served, has_commune
from resources.choices import SECTORED_TYPES
from resources.page_urls import get_locale_id
from resources.service_areas.answers import ServiceAnswer, serves
from resources.service_areas.facts import DoorFacts, door_facts
from search.contracts import UnderstoodQuery

EMERGENCY_TYPES = ("URGENCES_PSY", "CENTRE_CRISE")
HOSPITAL, DAC = "HOPITAL_PSY", "DAC"
#: The way in where no door is known to serve: who answers there says where to go.
WAY_IN_TYPES = (HOSPITAL, *EMERGENCY_TYPES, DAC)
#: Beyond, a hospital of another territory is not « the one near here ».
NEAR_KM = 40


@dataclass(frozen=True, slots=True)
class Door:
    """An entry to try, and why.

    ``answer`` says whether it serves the person and whom it receives. ``is_way_in``: it may not
    treat the person itself, but tells who does; ``say`` is then a sentence to say on the phone,
    empty when it has none.
    """

    facts: DoorFacts
    answer: ServiceAnswer
    is_way_in: bool = False
    say: str = ""

    @property
    def key(self) -> str:
        """Its key in the search."""
        return self.facts.key


def doors_for(
    place: Place | None,
    age: int | str | None = None,
    public: str = "",
    types: Sequence[str] = ("CMP", "CMPEA"),
    *,
    locale_id: int,
    most: int | None = None,
) -> tuple[Door, ...]:
    """The doors of these type codes for a person, the best first; never one that refuses them.

    ``place`` is where the person lives (``portal.geo.resolve.place_named(text).place``), ``age``
    in years or a code of ``AgeGroup``, ``public`` a code of ``Public``; what is not given asks
    nothing. ``locale_id`` is the language of the entries, the source's where one is not
    translated. At most ``most`` doors.

    First those that serve. For CMPs, of which each serves its sector, when none is known to: those
    that stand in the commune itself, then the way in (hospital of the place, psychiatric
    emergencies, DAC). Then those whose area is not known, the nearest first. Without a commune,
    no CMP: which one depends on the address. An example is never offered.
    """
    found = DoorChoice(place, age, public, tuple(types), locale_id).ordered()
    return found if most is None else found[:most]


def ways_in(
    place: Place | None, age: int | str | None = None, public: str = "", *, locale_id: int
) -> tuple[Door, ...]:
    """Where to ask, at a place whose CMP is not known: hospital, emergencies, DAC."""
    return tuple(DoorChoice(place, age, public, (), locale_id).ways_in())


def first_keys(understood: UnderstoodQuery, language: str) -> tuple[str, ...]:
    """Their keys in the search."""
    return tuple(door.key for door in first_doors(understood, language))


def first_doors(understood: UnderstoodQuery, language: str) -> tuple[Door, ...]:
    """Where to go first, where no CMP nor emergency is known to serve the place of a question.

    None when one does: the order of the search then suffices.
    """
    place = understood.place
    kinds = [
        kind
        for kind in understood.types or understood.likely_types
        if kind in SECTORED_TYPES or kind in EMERGENCY_TYPES
    ]
    if not kinds or place is None or not has_commune(place) or place.is_outside:
        return ()
    filters = understood.filters
    said = (place.code, filters.age, filters.public, "-".join(sorted(set(kinds))))
    return get_or_set(
        f"first-doors:{language}:{':'.join(said)}",
        lambda: DoorChoice(
            place, filters.age or None, filters.public, tuple(kinds), get_locale_id(language)
        ).first(),
    )


def is_address_needed(place: Place | None, types: Iterable[str]) -> bool:
    """Whether some of these types depend on the address, and no commune is known yet."""
    return not has_commune(place) and not SECTORED_TYPES.isdisjoint(types)


@dataclass
class DoorChoice:
    """The doors of one question."""

    place: Place | None
    age: int | str | None
    public: str
    types: tuple[str, ...]
    locale_id: int

    def ordered(self) -> tuple[Door, ...]:
        return _each_once([*self._sectored(), *self._emergencies(), *self._others()])

    def first(self) -> tuple[Door, ...]:
        doors = [*self._sectored(), *self._emergencies()]
        return _each_once(doors) if any(door.is_way_in for door in doors) else ()

    @cached_property
    def facts(self) -> dict[str, tuple[DoorFacts, ...]]:
        """Of what may be offered, and of the CMPs: they tell where a hospital has a team."""
        return door_facts(self.locale_id, (*self.types, *WAY_IN_TYPES, *SECTORED_TYPES))

    def _sectored(self) -> list[Door]:
        """The CMPs that serve; else those of the commune, then the way in."""
        kinds = [kind for kind in self.types if kind in SECTORED_TYPES]
        if not kinds or not has_commune(self.place):
            return []
        doors = self._doors(kinds)
        if sure := [door for door in doors if door.answer.is_sure]:
            return sure
        return [*(door for door in doors if self._is_here(door.facts)), *self.ways_in()]

    def _emergencies(self) -> list[Door]:
        kinds = [kind for kind in self.types if kind in EMERGENCY_TYPES]
        if not kinds:
            return []
        sure = [door for door in self._doors(kinds) if door.answer.is_sure]
        return sure or [self._in_emergency(door) for door in self._hospitals()]

    def _others(self) -> list[Door]:
        kinds = [
            kind
            for kind in self.types
            if kind not in EMERGENCY_TYPES
            and (kind not in SECTORED_TYPES or has_commune(self.place))
        ]
        doors = self._doors(kinds)
        return sorted(doors, key=lambda door: not door.answer.is_sure)

    def ways_in(self) -> list[Door]:
        if not has_commune(self.place):
            return []
        emergencies = self._doors(EMERGENCY_TYPES)
        near = [door for door in emergencies if door.answer.is_sure or self._is_here(door.facts)]
        teams = sorted(self._doors([DAC]), key=lambda door: not door.answer.is_sure)
        return [*self._hospitals(), *near[:1], *map(self._team, teams[:1])]

    def _hospitals(self) -> list[Door]:
        """The hospital of the place: one that serves it, stands there, or has a team there."""
        if self.place is None or not has_commune(self.place):
            return []
        doors = self._doors([HOSPITAL])
        own = self._hospitals_with_team()
        for is_the_one in (
            lambda door: door.answer.is_sure,
            lambda door: self._is_here(door.facts),
            lambda door: door.facts.pk in own,
            lambda door: door.facts.reception.commune in self._territory,
            lambda door: self._km(door.facts) <= NEAR_KM,
        ):
            if chosen := next(filter(is_the_one, doors), None):
                return [self._hospital(chosen)]
        return []

    def _hospitals_with_team(self) -> set[int]:
        """The hospitals whose CMP stands in the commune."""
        every = (one for kind in SECTORED_TYPES for one in self.facts[kind])
        return {one.hospital for one in every if one.hospital and self._is_here(one)}

    @cached_property
    def _territory(self) -> frozenset[str]:
        """The communes of the territory of the place."""
        codes = set(self.place.codes if self.place else ())
        mine = (communes for communes in _territories() if codes & communes)
        return frozenset().union(*mine)

    def _hospital(self, door: Door) -> Door:
        if door.facts.phone:
            sentence = _(
                "Son standard vous dit quel CMP, lieu de soins gratuit, reçoit votre adresse."
            )
        else:
            sentence = _("Demandez-y quel CMP, lieu de soins gratuit, reçoit votre adresse.")
        if self._is_for_child:
            say = _("« J’habite %(place)s. Quel CMP reçoit mon enfant ? »")
        else:
            say = _("« J’habite %(place)s. Quel CMP me reçoit ? »")
        return self._way_in(door, sentence, say)

    def _in_emergency(self, door: Door) -> Door:
        sentence = _("Demandez les urgences : elles disent qui reçoit une urgence psychiatrique.")
        say = _("« J’habite %(place)s. C’est une urgence psychiatrique : où aller ? »")
        return self._way_in(door, sentence, say)

    def _team(self, door: Door) -> Door:
        sentence = _("Cette équipe connaît les services du territoire. %(area)s")
        say = _("« J’habite %(place)s. Vers qui me tourner pour des soins psychiques ? »")
        return self._way_in(door, sentence % {"area": door.answer.sentence}, say)

    def _way_in(self, door: Door, sentence: str, say: str) -> Door:
        name = short_commune_name(self.place.name) if self.place else ""
        answer = ServiceAnswer(door.answer.served, sentence)
        said = say % {"place": name} if door.facts.phone else ""
        return Door(door.facts, answer, is_way_in=True, say=said)

    @property
    def _is_for_child(self) -> bool:
        from_publics = self.public in ("enfants", "adolescents", "parents")
        is_minor = self.age < 18 if isinstance(self.age, int) else self.age in _MINORS
        return from_publics or is_minor

    def _doors(self, kinds: Iterable[str]) -> list[Door]:
        """All those of these types that may serve, in the order of the types, then the nearest."""
        found = []
        for rank, kind in enumerate(kinds):
            for facts in self.facts.get(kind, ()):
                answer = serves(facts.reception, self.place, self.age, self.public)
                if answer.served is not Served.NO:
                    place = (rank, not self._is_here(facts), self._km(facts), facts.title)
                    found.append((place, Door(facts, answer)))
        return [door for _place, door in sorted(found, key=lambda one: one[0])]

    def _is_here(self, facts: DoorFacts) -> bool:
        return self.place is not None and facts.reception.commune in self.place.codes

    def _km(self, facts: DoorFacts) -> float:
        """As the crow flies; infinity when either end is unknown."""
        here, there = self.place.point if self.place else None, facts.point
        return math.inf if here is None or there is None else km_between(here, there)


_MINORS = ("0-2", "3-11", "12-17")


def _each_once(doors: Iterable[Door]) -> tuple[Door, ...]:
    """Each entry where it comes first, as it comes first."""
    found: dict[str, Door] = {}
    for door in doors:
        found.setdefault(door.key, door)
    return tuple(found.values())


def _territories() -> list[frozenset[str]]:
    """The communes of each territory; the arrondissements of a town count as the town."""
    return get_or_set("territories-communes", _read_territories)


def _read_territories() -> list[frozenset[str]]:
    found: dict[int, set[str]] = {}
    names = ("pk", "communes", "communes__arrondissements")
    for pk, *codes in Territory.objects.values_list(*names):
        found.setdefault(pk, set()).update(code for code in codes if code)
    return [frozenset(codes) for codes in found.values()]
