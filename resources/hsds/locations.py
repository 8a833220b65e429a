"""Where an entry is; a masked address makes no location at all."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from portal.base.models import PortalSettings
from resources.hsds.identifiers import derived, known
from resources.models import ResourcePage


def location_of(entry: ResourcePage, full: bool) -> dict[str, Any] | None:
    """The place of an entry; None when it is masked or unknown (``entries.LOCATED``)."""
    if entry.address_is_masked or not (entry.public_place or entry.public_point):
        return None
    identifier = location_id(entry)
    lat, lon = entry.public_point or (None, None)
    location = known(
        id=identifier,
        location_type="physical",
        name=entry.title,
        alternate_name=entry.acronym,
        description=entry.public_place,
        transportation=entry.public_getting_there,
        latitude=lat,
        longitude=lon,
        external_identifier=entry.finess or entry.siret,
        external_identifier_type=_identifier_type(entry),
    )
    if full:
        location |= known(
            addresses=_addresses(entry, identifier), accessibility=_accessibility(entry, identifier)
        )
    return location


def location_id(entry: ResourcePage) -> str:
    return derived("location", entry.uuid)


def _identifier_type(entry: ResourcePage) -> str:
    if entry.finess:
        return "FINESS"
    return "SIRET" if entry.siret else ""


def _addresses(entry: ResourcePage, location: str) -> list[dict[str, Any]]:
    """HSDS has no address without street, town and postcode; ``description`` says the rest."""
    if not (entry.address_street and entry.postcode and entry.commune):
        return []
    return [
        known(
            id=derived("address", entry.uuid),
            location_id=location,
            address_1=entry.address_street,
            address_2=entry.address_extra,
            city=entry.town_name,
            state_province=_department(entry.commune.department),
            postal_code=entry.postcode,
            country="FR",
            address_type="physical",
        )
    ]


def _department(code: str) -> str:
    own = code == settings.PORTAL_DEPARTEMENT
    return PortalSettings.load().department_name or code if own else code


def _accessibility(entry: ResourcePage, location: str) -> list[dict[str, Any]]:
    labels = entry._meta.get_field("accessibility").labels(entry.accessibility)
    said = list(zip(entry.accessibility, labels, strict=True))
    if entry.acceslibre_url:
        said.append(("acceslibre", _("Fiche Accèslibre")))
    return [
        known(
            id=derived("accessibility", entry.uuid, code),
            location_id=location,
            description=label,
            url=entry.acceslibre_url,
        )
        for code, label in said
    ]
