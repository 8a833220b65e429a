"""Where to go near home, for who says a danger or a distress and names no kind of place."""

from dataclasses import replace

from portal.base.choices import Public
from portal.geo.service_area import has_commune
from resources.choices import AgeGroup
from resources.service_areas.doors import EMERGENCY_TYPES
from search.contracts import UnderstoodQuery

#: Kinds of ``UnderstoodQuery.crisis`` and ``quiet`` that an emergency door takes, and those after
#: which one needs care. For the others, the lines and the page of the need answer.
_EMERGENCIES = frozenset(("suicide", "tentative", "agitation"))
_CARE = frozenset(("suicide", "tentative", "detresse", "deuil_suicide"))


def with_danger_doors(understood: UnderstoodQuery) -> UnderstoodQuery:
    """The same question, which prefers the types of places that help in its danger or distress.

    For one that names no place to go. Unchanged without a commune: the doors depend on it.
    """
    if not has_commune(understood.place):
        return understood
    kind = understood.crisis or understood.quiet
    emergencies = EMERGENCY_TYPES if kind in _EMERGENCIES else ()
    care = _care_types(understood) if kind in _CARE else ()
    return replace(understood, likely_types=(*understood.likely_types, *emergencies, *care))


def _care_types(understood: UnderstoodQuery) -> tuple[str, ...]:
    publics, age = {understood.public, understood.filters.public}, understood.filters.age
    if Public.ENFANTS in publics or age in (AgeGroup.BABY, AgeGroup.CHILD):
        return ("CMPEA",)
    if Public.ADOLESCENTS in publics or age == AgeGroup.TEENAGER:
        return ("CMPEA", "MDA", "PAEJ")
    return ("CMP",)
