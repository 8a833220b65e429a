"""How the properties of HSDS locations and organizations are read from an entry."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from portal.base.models import PortalSettings
from portal.text.phone_parsing import international, parse_phone
from resources.entry_fields import ENTRY_FIELDS
from resources.hsds.identifiers import derived, hsds_object
from resources.hsds.taxonomies import attributes, type_term


def location_id(entry: Any) -> str:
    return derived("location", entry.uuid)


def identifier_type(entry: Any) -> str:
    if entry.finess:
        return "FINESS"
    return "SIRET" if entry.siret else ""


def addresses(entry: Any) -> list[dict[str, Any]]:
    """HSDS has no address without street, town and postcode; ``description`` says the rest."""
    if not (entry.address_street and entry.postcode and entry.commune):
        return []
    return [
        hsds_object(
            id=derived("address", entry.uuid),
            location_id=location_id(entry),
            address_1=entry.address_street,
            address_2=entry.address_extra,
            city=entry.town_name,
            state_province=_department_name(entry.commune.department),
            postal_code=entry.postcode,
            country="FR",
            address_type="physical",
        )
    ]


def accessibility(entry: Any) -> list[dict[str, Any]]:
    labels = entry._meta.get_field("accessibility").labels(entry.accessibility)
    accesses = list(zip(entry.accessibility, labels, strict=True))
    if entry.acceslibre_url:
        accesses.append(("acceslibre", _("Fiche Accèslibre")))
    return [
        hsds_object(
            id=derived("accessibility", entry.uuid, code),
            location_id=location_id(entry),
            description=label,
            url=entry.acceslibre_url,
        )
        for code, label in accesses
    ]


def organization_phones(entry: Any) -> list[dict[str, Any]]:
    return phone_rows("organization_id", str(entry.uuid), entry_numbers(entry))


def organization_identifiers(entry: Any) -> list[dict[str, Any]]:
    """Its numbers; none of a masked place, as public registers give their addresses."""
    numbers = {name: ENTRY_FIELDS[name].public_value(entry) for name in ("siret", "finess")}
    return [
        {
            "id": derived("organization_identifier", entry.uuid, name.upper()),
            "organization_id": str(entry.uuid),
            "identifier_type": name.upper(),
            "identifier": number,
        }
        for name, number in numbers.items()
        if number
    ]


def organization_attributes(entry: Any) -> list[dict[str, Any]]:
    identifier = str(entry.uuid)
    run_by = {
        "id": derived("attribute", "organization", identifier, "operator"),
        "link_id": identifier,
        "link_entity": "organization",
        "label": _("Géré par"),
        "value": entry.operator,
    }
    terms = attributes(identifier, "organization", [type_term(entry.type)])
    return [*terms, *([run_by] if entry.operator else [])]


def entry_numbers(entry: Any) -> list[tuple[str, str]]:
    """Its numbers, each with who answers."""
    others = [(phone.number, phone.label) for phone in entry.phone_list]
    return [(entry.phone, ""), *others] if entry.phone else others


def phone_rows(owner: str, identifier: str, numbers: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """``owner`` is the property that names whose numbers they are."""
    return [
        hsds_object(
            id=derived("phone", identifier, number, label),
            **{owner: identifier},
            number=_international(number),
            type="voice",
            description=label,
        )
        for number, label in dict.fromkeys(numbers)
    ]


def _international(number: str) -> str:
    """« +33 4 91 38 54 60 »; short numbers, which only France knows, stay as they are."""
    parsed = parse_phone(number)
    return international(parsed) if parsed else number


def _department_name(code: str) -> str:
    is_own = code == settings.PORTAL_DEPARTEMENT
    return PortalSettings.load().department_name or code if is_own else code
