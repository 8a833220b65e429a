"""The answer of ``serves`` for what the search found, from what its index holds: no query."""

from portal.geo.service_area import ServiceArea
from resources.entry.received import ReceivedPeople
from resources.service_areas.answers import Reception, serves
from search.contracts import SearchHit, UnderstoodQuery


def serves_hit(hit: SearchHit, understood: UnderstoodQuery) -> tuple[str, str]:
    """« oui », « partie », « non » or « inconnu », and the sentence that says whom it receives."""
    filters = understood.filters
    given = reception_of_hit(hit)
    answer = serves(given, understood.place, filters.age or None, filters.public)
    return answer.served.value, answer.sentence


def reception_of_hit(hit: SearchHit) -> Reception:
    """What an indexed entry says of whom it receives: the same as ``reception_of`` its page."""
    people = ReceivedPeople.from_text(hit.received)
    return Reception.of(hit.kind, ServiceArea.from_codes(hit.area, people.notes), people)
