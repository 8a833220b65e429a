"""Numbers, written so that they can be called from anywhere."""

from typing import Any

import phonenumbers

from resources.hsds.identifiers import derived, known
from resources.models import ResourcePage


def phones_of_service(service_id: str, own: str, entry: ResourcePage) -> list[dict[str, Any]]:
    """The service's own number, else those of its place."""
    numbers = [(own, "")] if own else _numbers(entry)
    return _rows("service_id", service_id, numbers)


def phones_of_organization(organization_id: str, entry: ResourcePage) -> list[dict[str, Any]]:
    return _rows("organization_id", organization_id, _numbers(entry))


def international(number: str) -> str:
    """« +33 4 91 38 54 60 »; short numbers, which only France knows, stay as they are."""
    try:
        parsed = phonenumbers.parse(number, "FR")
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_valid_number(parsed):
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _numbers(entry: ResourcePage) -> list[tuple[str, str]]:
    others = [(phone.number, phone.label) for phone in entry.phone_list]
    return [(entry.phone, ""), *others] if entry.phone else others


def _rows(owner: str, identifier: str, numbers: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        known(
            id=derived("phone", identifier, number, label),
            **{owner: identifier},
            number=international(number),
            type="voice",
            description=label,
        )
        for number, label in dict.fromkeys(numbers)
    ]
