"""What a reader would miss in an entry, and what the national quality criteria would."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Point(NamedTuple):
    """Something that an entry should say: its words, the field to fill, and whether it is."""

    name: str
    words: str | Promise
    field: str
    is_known: Callable[[Any], Any]

    @property
    def anchor(self) -> str:
        """Where it is filled, in the short form."""
        return f"id_{self.field}"


class Completeness(NamedTuple):
    done: int
    total: int
    missing: list[Point]

    @property
    def is_whole(self) -> bool:
        return not self.missing

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total)


POINTS = (
    Point("phone", _("le téléphone"), "phone", lambda entry: entry.phone),
    Point(
        "hours",
        _("les horaires"),
        "opening_hours",
        lambda entry: entry.opening_hours or entry.hours_note,
    ),
    Point(
        "address",
        _("l’adresse"),
        "address_street",
        # A secret address is as complete as it may be.
        lambda entry: entry.address_is_masked or (entry.address_street and entry.commune_id),
    ),
    Point(
        "for_whom",
        _("pour qui"),
        "publics",
        lambda entry: entry.publics or entry.age_min is not None or entry.age_max is not None,
    ),
    Point("cost", _("le prix"), "cost", lambda entry: entry.cost),
    Point(
        "first_contact",
        _("comment se passe le premier contact"),
        "first_contact",
        lambda entry: entry.first_contact or len(entry.first_visit),
    ),
    Point("summary", _("une ou deux phrases de présentation"), "summary", lambda e: e.summary),
    Point(
        "accessibility",
        _("l’accessibilité"),
        "accessibility",
        lambda entry: entry.accessibility or entry.acceslibre_url,
    ),
)


def completeness(entry: Any) -> Completeness:
    """How much of what readers look for an entry says; nothing is asked of the database."""
    missing = [point for point in POINTS if not point.is_known(entry)]
    return Completeness(len(POINTS) - len(missing), len(POINTS), missing)
