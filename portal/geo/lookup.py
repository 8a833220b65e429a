"""Lookup of a place: the one way to understand what a reader types, in every field and question.

Names of several communes (intercommunalities, territories of the portal) are known everywhere that
communes, quarters and postcodes are.
"""

from django.conf import settings

from portal.geo.areas import area_in
from portal.geo.gazetteer import GazetteerTown, department_towns
from portal.geo.place import Place, PlaceFound
from portal.geo.place_match import IsKnown
from portal.geo.resolve import place_in, place_named
from portal.geo.territories import territory_areas

#: A list of more is not read: who types a whole metropolis is asked for a commune.
MOST_TO_CHOOSE = 45


def look_up_place(text: str) -> PlaceFound:
    """The place of a field, whose whole text should be one: see ``place_named``."""
    found = area_in(text, territory_areas(), whole=True)
    return found if found.place else place_named(text)


def look_up_place_in(text: str, is_known_word: IsKnown) -> PlaceFound:
    """The place inside a free question: see ``place_in``."""
    found = area_in(text, territory_areas())
    return found if found.place else place_in(text, is_known_word)


def towns_to_choose(place: Place | None) -> tuple[GazetteerTown, ...]:
    """The towns of the department that a place leaves open: an area's communes, a town's quarters.

    Empty for one commune or arrondissement, and for an area of too many. In an area, the most
    populous first.
    """
    if place is None or place.is_outside:
        return ()
    known = department_towns(settings.PORTAL_DEPARTEMENT)
    if not place.is_area:
        return known.quarters.get(place.code, ())
    towns = [town for code in place.codes for town in known.with_code(code) if not town.parent]
    if len(towns) > MOST_TO_CHOOSE:
        return ()
    return tuple(sorted(towns, key=lambda town: -town.population))
