"""What a reader would miss in an entry, and what the national quality criteria would."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CompletenessPoint(NamedTuple):
    """Something that an entry should say: its label, the fields that say it, whether one does.

    The first field is the one to fill.
    """

    name: str
    label: str | Promise
    fields: tuple[str, ...]
    is_known: Callable[[Any], Any]

    @property
    def anchor(self) -> str:
        """Where it is filled, in the short form."""
        return f"id_{self.fields[0]}"


class Completeness(NamedTuple):
    done: int
    total: int
    missing: list[CompletenessPoint]

    @property
    def is_whole(self) -> bool:
        return not self.missing

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total)


POINTS = (
    CompletenessPoint("phone", _("le téléphone"), ("phone",), lambda entry: entry.phone),
    CompletenessPoint(
        "hours",
        _("les horaires"),
        ("opening_hours", "hours_note"),
        lambda entry: entry.opening_hours or entry.hours_note,
    ),
    CompletenessPoint(
        "address",
        _("l’adresse"),
        ("address_street", "commune", "address_is_masked"),
        # A secret address is as complete as it may be.
        lambda entry: entry.address_is_masked or (entry.address_street and entry.commune_id),
    ),
    CompletenessPoint(
        "for_whom",
        _("pour qui"),
        ("publics", "age_min", "age_max"),
        lambda entry: entry.says_whom,
    ),
    CompletenessPoint("cost", _("le prix"), ("cost",), lambda entry: entry.cost),
    CompletenessPoint(
        "first_contact",
        _("comment se passe le premier contact"),
        ("first_contact", "first_visit"),
        lambda entry: entry.first_contact or len(entry.first_visit),
    ),
    CompletenessPoint(
        "summary",
        _("une ou deux phrases de présentation"),
        ("summary",),
        lambda entry: entry.summary,
    ),
    CompletenessPoint(
        "accessibility",
        _("l’accessibilité"),
        ("accessibility", "acceslibre_url"),
        lambda entry: entry.accessibility or entry.acceslibre_url,
    ),
)
#: The fields of an entry that none of the points asks for, and why.
LEFT_OUT = {
    **dict.fromkeys(
        ("title", "type", "status", "uuid", "masked_place"), "every entry has it"
    ),
    **dict.fromkeys(
        (
            "short_title", "acronym", "operator", "parent_structure", "email", "website",
            "address_extra", "getting_there", "relatives_welcome", "cost_details",
            "access_modes", "first_delay", "first_delay_declared_on", "is_remote",
            "spoken_languages", "covers_department", "coverage_territories",
            "coverage_communes", "is_emergency",
            "is_ptsm_partner", "finess", "siret", "description", "listing_image",
            "listing_image_alt", "listing_image_is_decorative", "phones", "closures", "notices",
            "services", "audience", "hospital", "sectors", "members_association", "sponsor",
            "manager", "is_self_managed", "membership", "activities", "territory", "presidency",
            "coordinator_role", "coordinator_email", "created_in", "working_groups",
            "achievements",
        ),
        "many places have nothing to say of it, and are complete without",
    ),
    **dict.fromkeys(("postcode", "lat", "lon"), "it follows from the street and the commune"),
    **dict.fromkeys(
        (
            "source", "source_date", "verified_on", "verified_by_role", "verification_frequency",
            "agrees_to_call", "seeks_referent", "is_example", "owner_role", "content_updated_on",
        ),
        "it tells of the entry, not of the place",
    ),
}  # fmt: skip


def field_names() -> set[str]:
    """Names of ``resources.entry_fields`` that the points look at."""
    return {name for point in POINTS for name in point.fields}


def completeness(entry: Any) -> Completeness:
    """How much of what readers look for an entry says; nothing is asked of the database."""
    missing = [point for point in POINTS if not point.is_known(entry)]
    return Completeness(len(POINTS) - len(missing), len(POINTS), missing)
