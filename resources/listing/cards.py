"""Cards of search results: an entry, or a page of the portal; no fact of a masked address."""

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.crisis.models import HelpLine
from portal.geo.models import Commune
from portal.geo.names import short_commune_name
from portal.geo.place import Place
from portal.geo.service_area import ServiceArea, unconfirmed_commune
from resources.choices import AccessibilityFeature, AccessMode
from resources.entry.labels import format_distance, opening_badge, route_url, verification_label
from resources.entry.looks import FamilyLook
from resources.listing.type_labels import TypeLabel
from resources.selection_params import SelectionLink
from resources.service_areas.answers import serves
from resources.service_areas.doors import Door
from resources.service_areas.hits import reception_of_hit
from resources.service_areas.wording import short_area_words
from search.contracts import Marked, SearchHit, UnderstoodQuery

PAGE_TAGS = {
    "PAGE_INFO": gettext_lazy("Page du portail"),
    "PAGE_PTSM": gettext_lazy("Le PTSM"),
    "ACTION_PTSM": gettext_lazy("Action du PTSM"),
    "ACTUALITE": gettext_lazy("Actualité"),
    "NEWSLETTER": gettext_lazy("La lettre"),
    "DOCUMENT": gettext_lazy("Document"),
    "EVENEMENT": gettext_lazy("Agenda"),
    "LEXIQUE": gettext_lazy("Lexique"),
    "AIDE": gettext_lazy("Aide maintenant"),
}


@dataclass(frozen=True, slots=True)
class CardFact:
    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class ResultCard:
    """What the « door-card » component shows of an entry."""

    id: str
    number: int
    title: str
    url: str
    #: Its type in plain words, and how its family looks.
    kind: str
    look: FamilyLook
    #: How far it is, else its commune.
    place: str
    text: str
    badge: str
    badge_state: str
    facts: list[CardFact] = field(default_factory=list)
    phone: str = ""
    route_url: str = ""
    #: When it was verified long ago: what to do about it.
    warning: str = ""
    point: tuple[float, float] | None = None
    choice: SelectionLink | None = None
    #: Whom it receives; ``serves_surely`` when that is known to hold for the place.
    serves: str = ""
    serves_surely: bool = False
    #: Whether it tells which door is the right one, and a sentence to say there on the phone.
    is_way_in: bool = False
    say: str = ""


class AsideLine(NamedTuple):
    """An entry that serves others than the place: its name, and whom it receives.

    ``is_known``: whether it is known whom; else nothing but its address makes it no answer.
    """

    title: str
    url: str
    area: str
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class PageCard:
    """A page of the portal that is no place: the arguments of the « found » component."""

    title: str
    url: str
    tag: str
    pieces: Marked
    excerpt: Marked
    phone: str = ""


def page_card(hit: SearchHit, tag: str, help_line: HelpLine | None = None) -> PageCard:
    """A page found, or the help line that it tells of, with the number to call."""
    pieces = hit.marked_title or ((hit.title, False),)
    excerpt = hit.excerpt or ((hit.summary, False),)
    is_called = help_line is not None and help_line.channel == HelpLine.Channel.PHONE
    phone = help_line.number if help_line and is_called else ""
    return PageCard(hit.title, hit.url, tag, pieces, excerpt, phone)


def entry_card(
    entry: Any, number: int, kind: TypeLabel, commune: Commune | None = None
) -> ResultCard:
    """An entry of a list, numbered; ``commune`` is where the reader looks."""
    sentence, state = opening_badge(entry)
    verified, is_late = verification_label(entry)
    return ResultCard(
        id=f"r{number}",
        number=number,
        title=entry.title,
        url=entry.url or "",
        kind=kind.plain_name,
        look=kind.look,
        place=format_distance(entry, commune) or _commune_name(entry),
        text=entry.summary,
        badge=sentence,
        badge_state=state,
        facts=_card_facts(entry),
        phone=entry.phone,
        route_url=route_url(entry),
        warning=verified if is_late else "",
        point=entry.map_point,
    )


def _commune_name(entry: Any) -> str:
    commune = entry.public_commune
    return short_commune_name(commune.name) if commune else ""


def hit_card(
    hit: SearchHit,
    number: int,
    kind: TypeLabel,
    entry: Any,
    understood: UnderstoodQuery,
    way_in: Door | None = None,
) -> ResultCard:
    """A place that the search found; ``entry`` is its page, ``way_in`` says why it comes first."""
    entry.distance, entry.distance_is_rough = hit.distance_km, hit.is_rough
    place, filters = understood.place, understood.filters
    card = entry_card(entry, number, kind, _commune_of(entry, place) if place else None)
    reception = reception_of_hit(hit)
    answer = serves(reception, place, filters.age or None, filters.public)
    if way_in:
        answer = way_in.answer
    return replace(
        card,
        serves=answer.sentence if reception.area.is_known or place or way_in else "",
        serves_surely=answer.is_sure or bool(way_in and way_in.is_way_in),
        is_way_in=bool(way_in and way_in.is_way_in),
        say=way_in.say if way_in else "",
    )


def aside_line(hit: SearchHit) -> AsideLine:
    """An entry that was set aside, with whom it receives in few words."""
    if unconfirmed_commune(hit.area):
        return AsideLine(hit.title, hit.url, _("zone non connue"), is_known=False)
    area = ServiceArea.from_codes(hit.area)
    return AsideLine(hit.title, hit.url, short_area_words(area) if area.is_known else "")


def _commune_of(entry: Any, place: Place) -> Commune:
    """The commune that is looked for; when the entry is in it, as the entry says it."""
    commune = entry.public_commune
    if commune and commune.pk in place.codes:
        return commune
    return Commune(code=place.code, name=place.name)


def _card_facts(entry: Any) -> list[CardFact]:
    facts = []
    if entry.is_example:
        facts.append(CardFact("info", _("Fiche d’exemple, données fictives")))
    if entry.address_is_masked:
        facts.append(CardFact("lock", _("Adresse non communiquée")))
    if entry.cost:
        facts.append(CardFact("euro", entry.get_cost_display()))
    if entry.has_mode(AccessMode.SANS_RDV):
        facts.append(CardFact("door", _("Sans rendez-vous")))
    if AccessibilityFeature.PMR in entry.accessibility:
        facts.append(CardFact("wheel", _("Accès en fauteuil")))
    return facts
