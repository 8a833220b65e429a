"""What hangs on a service: its prices, languages, areas, addresses on the web."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from portal.geo.models import Commune
from portal.geo.names import short_commune_name
from resources.choices import (
    AccessibilityFeature,
    AccessMode,
    CommuneShare,
    CostType,
    SpokenLanguage,
)
from resources.entry.presenter import EntryPresenter
from resources.hsds.identifiers import derived, known
from resources.hsds.prefetch import Offer
from resources.models import ResourcePage

_INSEE = "http://id.insee.fr/geo"


def how_to_apply(offer: Offer) -> str:
    """What to do the first time, as the page says it."""
    modes = AccessMode.choices
    wanted = offer.own("access_modes")
    said = [
        offer.entry.first_contact,
        ", ".join(str(label) for code, label in modes if code in wanted),
        _("Possible par téléphone ou en visio.") if offer.entry.is_remote else "",
        EntryPresenter(offer.entry).delay,
    ]
    return " ".join(_sentence(words) for words in said if words)


def fees(offer: Offer) -> str:
    entry, cost = offer.entry, offer.own("cost")
    # A detail of the place's price says nothing of another price.
    details = entry.cost_details if cost == entry.cost else ""
    said = [str(CostType(cost).label) if cost else "", details, getattr(entry, "membership", "")]
    return " ".join(_sentence(words) for words in said if words)


def cost_options(offer: Offer) -> list[dict[str, Any]]:
    cost = offer.own("cost")
    if not cost:
        return []
    details = offer.entry.cost_details if cost == offer.entry.cost else ""
    option = known(
        id=derived("cost_option", offer.id, cost),
        service_id=offer.id,
        option=str(CostType(cost).label),
        amount_description=details,
    )
    return [option | ({"amount": 0, "currency": "EUR"} if cost == CostType.FREE else {})]


def languages(offer: Offer) -> list[dict[str, Any]]:
    """The languages in which people are received; an interpreter is none of them."""
    spoken = {*offer.entry.spoken_languages} - {SpokenLanguage.INTERPRETE}
    if AccessibilityFeature.LSF in offer.entry.accessibility:
        spoken.add(SpokenLanguage.FSL)
    return [
        {
            "id": derived("language", offer.id, code),
            "service_id": offer.id,
            "name": str(label),
            "code": code,
        }
        for code, label in SpokenLanguage.choices
        if code in spoken
    ]


def service_areas(offer: Offer) -> list[dict[str, Any]]:
    """The territories and communes that the place says it serves, and those of its sectors."""
    return [
        known(
            id=derived("service_area", offer.id, name),
            service_id=offer.id,
            name=name,
            description=description,
            uri=uri,
        )
        for name, (uri, description) in dict(_areas(offer.entry)).items()
    ]


def urls(offer: Offer) -> list[dict[str, Any]]:
    """The page of the portal, beside the site of the place (3.1)."""
    address = offer.entry.full_url
    if not address:
        return []
    label = _("Fiche sur le portail")
    return [
        {
            "id": derived("url", offer.id),
            "service_id": offer.id,
            "label": label,
            "url": address,
        }
    ]


def _areas(entry: ResourcePage) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each with its name, its address at INSEE and what is to be known of it."""
    for name in [*entry.territory_names, getattr(entry, "clsm_territory", None)]:
        if name:
            yield name, ("", "")
    for commune in entry.coverage_communes.all():
        yield short_commune_name(commune.name), (_insee(commune), "")
    cmp_page = getattr(entry, "cmppage", None)
    for sector in cmp_page.sectors.all() if cmp_page else ():
        for row in sector.sector_communes.all():
            part = "" if row.part == CommuneShare.ENTIRE else str(CommuneShare.PARTIAL.label)
            said = ", ".join(filter(None, [part, row.note]))
            yield row.commune_name, (_insee(row.commune), said)


def _insee(commune: Commune) -> str:
    is_commune = commune.kind == Commune.Kind.COMMUNE
    return f"{_INSEE}/{'commune' if is_commune else 'arrondissementMunicipal'}/{commune.code}"


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
