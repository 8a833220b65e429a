"""The two or three doors of a page of need, as cards: ``resources.service_areas`` finds them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from portal.geo.distance import km_between
from portal.geo.place import Place
from resources.choices import SECTORED_TYPES
from resources.listing.door_cards import DoorCard, door_card
from resources.service_areas.doors import NEAR_KM, Door, doors_for

MOST_DOORS = 3


class DoorsWanted(NamedTuple):
    """Types of places (codes, the most useful first) for somebody of a place and of an age."""

    types: tuple[str, ...]
    place: Place
    age: int | None = None


def find_doors(wanted: DoorsWanted, locale_id: int, most: int = MOST_DOORS) -> list[DoorCard]:
    """The doors that answer what is wanted, at most ``most``.

    One of the first type, then those that receive the place, then the ways in, then those around
    whose area is not known; each time one of each type in the order of ``types``, then a second of
    each. Those that receive the place are shown first. None that refuses, nor an example, nor one
    that nobody can call.
    """
    if not wanted.types:
        return []
    found = doors_for(wanted.place, wanted.age, types=wanted.types, locale_id=locale_id)
    doors = [door for door in found if door.facts.phone and _is_worth_a_call(door, wanted.place)]
    sure, ways, others = ([door for door in doors if _rank(door) == rank] for rank in range(3))
    # The ways in keep their order: the hospital of the place first.
    in_turn = [*_in_turn(sure, wanted.types), *ways, *_in_turn(others, wanted.types)]
    first = [door for door in in_turn if _type_of(door, wanted.types) == wanted.types[0]][:1]
    chosen = [*first, *(door for door in in_turn if door not in first)][:most]
    return [door_card(door, locale_id) for door in sorted(chosen, key=_rank)]


def _rank(door: Door) -> int:
    """0 for a door that receives the place, 1 for a way in, 2 for one whose area is not known."""
    if door.is_way_in:
        return 1
    return 0 if door.answer.is_sure else 2


def _is_worth_a_call(door: Door, place: Place) -> bool:
    """Whether a door is known to receive the place, or near enough to ask."""
    here, there = place.point, door.facts.point
    if _rank(door) < 2 or here is None or there is None:
        return True
    return km_between(here, there) <= NEAR_KM


def _in_turn(doors: Iterable[Door], types: tuple[str, ...]) -> Iterator[Door]:
    """One of each type in the order of ``types``, then a second of each…"""
    by_type: dict[str, list[Door]] = {code: [] for code in types}
    for door in doors:
        by_type.setdefault(_type_of(door, types), []).append(door)
    for turn in range(max(map(len, by_type.values()), default=0)):
        yield from (found[turn] for found in by_type.values() if turn < len(found))


def _type_of(door: Door, types: tuple[str, ...]) -> str:
    """The type that a door stands for: a way in stands for the CMP that is not known."""
    if door.facts.kind in types:
        return door.facts.kind
    return next((code for code in types if code in SECTORED_TYPES), door.facts.kind)
