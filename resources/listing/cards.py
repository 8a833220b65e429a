"""One entry in a list: what a reader needs to choose, and nothing that is masked."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.crisis.models import HelpLine
from portal.geo.models import Commune
from portal.geo.place import Place
from resources.choices import Accessibility, AccessMode
from resources.entry.labels import opening_badge, route_url, say_distance, verified_words
from resources.selection_params import Choice
from search.contracts import Hit, Marked

PAGE_TAGS = {
    "PAGE_INFO": gettext_lazy("Page du portail"),
    "PAGE_PTSM": gettext_lazy("Le PTSM"),
    "ACTION_PTSM": gettext_lazy("Action du PTSM"),
    "ACTUALITE": gettext_lazy("Actualité"),
    "NEWSLETTER": gettext_lazy("La lettre"),
    "DOCUMENT": gettext_lazy("Document"),
    "EVENEMENT": gettext_lazy("Agenda"),
    "LEXIQUE": gettext_lazy("Lexique"),
    "AIDE": gettext_lazy("Aide immédiate"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """The arguments of the « res » component."""

    id: str
    number: int
    title: str
    url: str
    tag: str
    distance: str
    text: str
    badge: str
    badge_state: str
    facts: list[Fact] = field(default_factory=list)
    phone: str = ""
    route_url: str = ""
    verified: str = ""
    verified_late: bool = False
    point: tuple[float, float] | None = None
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page of the portal that is no place: the arguments of the « found » component."""

    title: str
    url: str
    tag: str
    pieces: Marked
    excerpt: Marked
    phone: str = ""


def page_line(hit: Hit, tag: str, help_line: HelpLine | None = None) -> PageLine:
    """A page found, or the help line that it tells of, with the number to call."""
    pieces = hit.marked_title or ((hit.title, False),)
    excerpt = hit.excerpt or ((hit.summary, False),)
    is_called = help_line is not None and help_line.channel == HelpLine.Channel.PHONE
    phone = help_line.number if help_line and is_called else ""
    return PageLine(hit.title, hit.url, tag, pieces, excerpt, phone)


def line_of(entry: Any, number: int, tag: str, commune: Commune | None = None) -> Line:
    """An entry of a list, numbered; ``commune`` is where the reader looks."""
    sentence, state = opening_badge(entry)
    verified, late = verified_words(entry)
    return Line(
        id=f"r{number}",
        number=number,
        title=entry.title,
        url=entry.url or "",
        tag=tag,
        distance=say_distance(entry, commune),
        text=entry.summary,
        badge=sentence,
        badge_state=state,
        facts=_facts(entry),
        phone=entry.phone,
        route_url=route_url(entry),
        verified=verified,
        verified_late=late,
        point=entry.map_point,
    )


def found_line(hit: Hit, number: int, tag: str, entry: Any, place: Place | None = None) -> Line:
    """A place that the search found; ``entry`` is its page."""
    entry.distance, entry.distance_is_rough = hit.distance_km, hit.is_rough
    return line_of(entry, number, tag, _commune_of(entry, place) if place else None)


def _commune_of(entry: Any, place: Place) -> Commune:
    """The commune that is looked for; when the entry is in it, as the entry says it."""
    commune = entry.public_commune
    if commune and commune.pk in place.codes:
        return commune
    return Commune(code=place.code, name=place.name)


def _facts(entry: Any) -> list[Fact]:
    facts = []
    if entry.is_example:
        facts.append(Fact("info", _("Fiche d’exemple, données fictives")))
    if entry.public_place:
        facts.append(Fact("pin", entry.public_place))
    elif entry.address_is_masked:
        facts.append(Fact("lock", _("Adresse non communiquée")))
    if entry.cost:
        facts.append(Fact("euro", entry.get_cost_display()))
    if entry.has_mode(AccessMode.SANS_RDV):
        facts.append(Fact("door", _("Sans rendez-vous")))
    if Accessibility.PMR in entry.accessibility:
        facts.append(Fact("wheel", _("Accès en fauteuil")))
    return facts
