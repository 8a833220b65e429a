"""What a process reads of places once, before it answers anybody."""

from django.conf import settings

from portal.geo.areas import area_in
from portal.geo.gazetteer import department_towns, french_towns, neighbour_towns
from portal.geo.resolve import place_in, place_named

#: No place at all: each list is looked through to its end.
_NOWHERE = "xyzzy chercher lieu-qui-n-existe-pas"


def load_places() -> None:
    """Read the names of places, two seconds of the processor; without any database.

    Otherwise the first question does, once in each thread that is asked one in that time, and the
    others wait: all the towns of France are then in memory as many times.
    """
    department = settings.PORTAL_DEPARTEMENT
    for towns in (french_towns(), department_towns(department), neighbour_towns(department)):
        towns.with_postcode("")
    area_in(_NOWHERE)
    place_named(_NOWHERE)
    place_in(_NOWHERE, lambda word: False)
