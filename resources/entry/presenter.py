"""Presenter of an entry: the sentences and facts of its public page."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal.base.navigation import contact_address
from portal.cache.cached import get_or_set
from portal.text.date_format import format_date
from portal.text.phone import phone_href
from resources.choices import CostType, EntryFreshness, EntryStatus
from resources.entry.labels import format_distance, opening_badge, route_url, verification_label
from resources.entry.looks import FamilyLook, look_of
from resources.entry.reception import EntryReception, lowercase_labels
from resources.entry.services import delay_sentence

_HOUR = 3600
NEARBY_KM = 15
MOST_NEARBY = 4


class EntryFact(NamedTuple):
    """One line of the « facts » component."""

    term: str
    definition: str
    url: str = ""


class NearbyPlace(NamedTuple):
    """Another place near this one, for the « need » component."""

    title: str
    url: str
    text: str
    icon: str


class EntryPresenter:
    """Sentences and facts of the page of ``entry`` (``ResourcePage`` or a child); read only."""

    def __init__(self, entry: Any) -> None:
        self.entry = entry

    @cached_property
    def badge(self) -> tuple[str, str]:
        return opening_badge(self.entry)

    @property
    def route_url(self) -> str:
        return route_url(self.entry)

    @cached_property
    def reception(self) -> EntryReception:
        return EntryReception(self.entry)

    @property
    def for_whom(self) -> list[str]:
        """Sentences about whom it receives; the ones about places may hold HTML."""
        return self.reception.sentences

    @property
    def look(self) -> FamilyLook:
        return look_of(self.entry.type.family)

    @property
    def first_visit(self) -> list[dict[str, str]]:
        return [{"text": str(block.value)} for block in self.entry.first_visit]

    @property
    def delay(self) -> str:
        return delay_sentence(self.entry)

    @property
    def coming(self) -> list[EntryFact]:
        entry = self.entry
        items = [
            EntryFact(_("Adresse"), self._address()),
            EntryFact(_("Pour venir"), entry.public_getting_there),
        ]
        access = entry._meta.get_field("accessibility").labels(entry.accessibility)
        if access:
            items.append(
                EntryFact(
                    _("Accès"), f"{', '.join([access[0], *lowercase_labels(access[1:], 0)])}."
                )
            )
        if entry.acceslibre_url and not entry.address_is_masked:
            words = _("Voir la fiche sur Accèslibre")
            items.append(EntryFact(_("Accessibilité en détail"), words, entry.acceslibre_url))
        return [item for item in items if item.definition]

    def _address(self) -> str:
        entry = self.entry
        if not entry.address_is_masked:
            extra = f" ({entry.address_extra})" if entry.address_extra else ""
            return f"{entry.public_address}{extra}" if entry.public_address else entry.public_place
        words = _("Non communiquée, pour protéger les personnes accueillies.")
        return f"{entry.public_place}. {words}" if entry.public_place else words

    @property
    def practical(self) -> list[EntryFact]:
        entry = self.entry
        modes = entry._meta.get_field("access_modes").labels(entry.access_modes)
        languages = entry._meta.get_field("spoken_languages").labels(entry.spoken_languages)
        items = [
            EntryFact(_("Prix"), self._cost()),
            EntryFact(_("Pour être reçu"), _sentence(modes)),
            EntryFact(_("À distance"), _("Possible par téléphone ou en visio.") * entry.is_remote),
            EntryFact(_("Langues"), _sentence(languages)),
            *(
                EntryFact(phone.label, phone.number, phone_href(phone.number))
                for phone in entry.phone_list
            ),
            EntryFact(_("Site"), _site_label(entry.website), entry.website),
            *self._structure(),
        ]
        return [item for item in items if item.definition]

    def _cost(self) -> str:
        entry = self.entry
        if entry.cost == CostType.FREE and entry.cost_details:
            return f"{entry.get_cost_display()}. {entry.cost_details}"
        return ". ".join(filter(None, [entry.get_cost_display(), entry.cost_details]))

    def _structure(self) -> list[EntryFact]:
        entry = self.entry
        items = [EntryFact(_("Géré par"), entry.operator)]
        for term, page in entry.related_structures():
            if page is not None and page.live:
                items.append(EntryFact(term, page.title, page.url or ""))
        return items

    @property
    def own_facts(self) -> list[EntryFact]:
        """The life of a GEM, the make-up of a CLSM."""
        return [
            EntryFact(term, definition, f"mailto:{definition}" if "@" in definition else "")
            for term, definition in self.entry.own_facts()
            if definition
        ]

    @cached_property
    def neighbours(self) -> list[NearbyPlace]:
        """Other kinds of places near this one; none when its address is masked."""
        entry = self.entry
        commune = entry.commune
        if entry.address_is_masked or not (entry.public_point or commune):
            return []
        lat, lon = entry.public_point or (commune.lat, commune.lon)
        if lat is None or lon is None:
            return []
        key = f"beside:{entry.pk}:{entry.type_id}:{entry.commune_id}:{lat}:{lon}"
        return get_or_set(key, lambda: self._read_neighbours(lat, lon), seconds=_HOUR)

    def _read_neighbours(self, lat: float, lon: float) -> list[NearbyPlace]:
        entry = self.entry
        found = (
            type(entry)
            .entries_beside(entry)
            .near(lat, lon)
            .filter(distance__lte=NEARBY_KM)
            .exclude(type__code=entry.type.code)[:MOST_NEARBY]
        )
        return [
            NearbyPlace(
                other.title,
                other.url or "",
                ", ".join(filter(None, [other.type.name, format_distance(other, entry.commune)])),
                look_of(other.type.family).icon,
            )
            for other in found
        ]

    @property
    def verification(self) -> str:
        """Who verified the entry and when, or where it comes from."""
        entry = self.entry
        if entry.freshness == EntryFreshness.UNKNOWN:
            return " ".join(filter(None, [verification_label(entry)[0], self._source()]))
        words = {"day": format_date(entry.verified_on), "role": entry.verified_by_role}
        said = (
            _("Fiche vérifiée le %(day)s par %(role)s.") % words
            if entry.verified_by_role
            else _("Fiche vérifiée le %(day)s.") % words
        )
        return " ".join(filter(None, [said, self._next(), self._source()]))

    def _next(self) -> str:
        if self.entry.freshness == EntryFreshness.STALE:
            if not self.entry.phone:
                return _("Elle est à vérifier.")
            return _("Elle est à vérifier : appelez avant de venir.")
        if self.entry.next_verification_on <= timezone.localdate():
            return _("Une nouvelle vérification est demandée.")
        next_on = date_format(self.entry.next_verification_on, "F Y")
        return _("Prochaine vérification : %(month)s.") % {"month": next_on}

    def _source(self) -> str:
        entry = self.entry
        if not entry.source:
            return ""
        if not entry.source_date:
            return _("Source : %(source)s.") % {"source": entry.source}
        day = format_date(entry.source_date)
        return _("Source : %(source)s, %(day)s.") % {"source": entry.source, "day": day}

    @property
    def is_late(self) -> bool:
        return self.entry.freshness in (EntryFreshness.AGEING, EntryFreshness.STALE)

    @property
    def correction_url(self) -> str:
        """Where a reader tells what is wrong: our form, which needs no mail program."""
        return reverse("resources:report_error", args=[self.entry.uuid])

    @property
    def call_url(self) -> str:
        """Where to answer the call for a referent; empty when the place makes none."""
        entry = self.entry
        form = contact_address(entry.locale_id) if entry.calls_for_referent else ""
        return f"{form}?{urlencode({'sujet': 'annuaire', 'page': entry.url or ''})}" if form else ""

    @property
    def warning(self) -> str:
        """What must be known before all: an example, or a place that is closed."""
        if self.entry.is_example:
            return _("Fiche d’exemple — données fictives. Elle montre à quoi ressemble une fiche.")
        if self.entry.status == EntryStatus.TEMPORARILY_CLOSED:
            return _("Ce lieu est fermé pour le moment.")
        if self.entry.status == EntryStatus.CLOSED:
            return _("Ce lieu a fermé définitivement.")
        return ""


def _sentence(labels: list[str]) -> str:
    if not labels:
        return ""
    text = ", ".join(lowercase_labels(labels))
    return f"{text[:1].upper()}{text[1:]}."


def _site_label(address: str) -> str:
    """« exemple.fr » for « https://www.exemple.fr/page »."""
    return address.split("//")[-1].split("/")[0].removeprefix("www.")
