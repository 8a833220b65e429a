"""A door offered for a place, as the card that results show: nothing is read for it."""

from typing import NamedTuple

from django.conf import settings

from portal.geo.gazetteer import department_towns
from portal.geo.names import short_commune_name
from resources.entry.labels import point_route_url
from resources.entry.looks import FamilyLook, look_of
from resources.listing.type_labels import get_type_labels
from resources.selection_params import SelectionLink
from resources.service_areas.doors import Door


class DoorCard(NamedTuple):
    """What the « door-card » component shows; ``serves_surely`` when it receives the place."""

    title: str
    url: str
    kind: str
    look: FamilyLook
    place: str
    serves: str
    serves_surely: bool
    is_way_in: bool
    say: str
    phone: str
    route_url: str
    #: The link that puts it in « Ma sélection », where the page has one.
    choice: SelectionLink | None = None


def door_card(door: Door, locale_id: int) -> DoorCard:
    facts = door.facts
    label = get_type_labels(locale_id).get(facts.kind)
    towns = department_towns(settings.PORTAL_DEPARTEMENT).with_code(facts.reception.commune)
    return DoorCard(
        title=facts.title,
        url=facts.url,
        kind=label.plain_name if label else facts.type_name,
        look=label.look if label else look_of(""),
        place=short_commune_name(towns[0].name) if towns else "",
        serves=door.answer.sentence,
        serves_surely=door.answer.is_sure or door.is_way_in,
        is_way_in=door.is_way_in,
        say=door.say,
        phone=facts.phone,
        route_url=point_route_url(facts.point),
    )
