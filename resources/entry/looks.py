"""How a family of places looks, everywhere: a colour and an icon, always beside its word."""

from typing import NamedTuple

from resources.choices import TypeFamily


class FamilyLook(NamedTuple):
    """``colour`` is a class of ``door-card.css``, ``icon`` a name of ``icons.svg``."""

    colour: str
    icon: str


_CARE, _MUTUAL_AID, _LIVING, _RIGHTS, _EMERGENCY = (
    "care",
    "mutual-aid",
    "living",
    "rights",
    "crisis",
)
_DEFAULT = FamilyLook(_CARE, "care")
_LOOKS: dict[str, FamilyLook] = {
    TypeFamily.URGENCE: FamilyLook(_EMERGENCY, "life"),
    TypeFamily.SOINS: _DEFAULT,
    TypeFamily.ADDICTIONS: FamilyLook(_CARE, "leaf"),
    TypeFamily.JEUNES: FamilyLook(_CARE, "child"),
    TypeFamily.ENTRAIDE: FamilyLook(_MUTUAL_AID, "people"),
    TypeFamily.PROCHES: FamilyLook(_MUTUAL_AID, "family"),
    TypeFamily.ACCOMPAGNEMENT: FamilyLook(_LIVING, "hand"),
    TypeFamily.LOGEMENT: FamilyLook(_LIVING, "home"),
    TypeFamily.TRAVAIL: FamilyLook(_LIVING, "brief"),
    TypeFamily.DROITS: FamilyLook(_RIGHTS, "law"),
    TypeFamily.COORDINATION: FamilyLook(_RIGHTS, "compass"),
}


def look_of(family: str) -> FamilyLook:
    """The look of a code of ``TypeFamily``; that of care for any other."""
    return _LOOKS.get(family, _DEFAULT)
