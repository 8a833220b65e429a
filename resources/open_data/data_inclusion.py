"""Entries in the schema of data·inclusion, version 1: structures, and the services they give.

What the schema has no word for is left empty: a GEM is none of its « réseaux porteurs ».
Places that are closed for now stay out: the schema cannot say so.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

import phonenumbers

from portal.base.choices import Public
from resources.choices import AccessMode, CostType, TypeFamily
from resources.open_data.fields import served_communes

SHORTEST_NAME, LONGEST_NAME = 3, 150
SHORTEST_TEXT, LONGEST_TEXT = 5, 10_000

#: Only where the word means the same thing: « chu » is an emergency shelter there.
NETWORKS = {
    "CMP": "cmp",
    "CMPEA": "cmp",
    "CSAPA": "csapa",
    "CAARUD": "caarud",
    "MDPH": "mdph",
    "ESAT": "esat",
}
KINDS = {
    TypeFamily.ENTRAIDE: "atelier",
    TypeFamily.DROITS: "information",
    TypeFamily.COORDINATION: "information",
}
_HEALTH = "sante--sante-mentale"
THEMES: dict[str, list[str]] = {
    TypeFamily.URGENCE: [_HEALTH],
    TypeFamily.SOINS: [_HEALTH],
    TypeFamily.JEUNES: [_HEALTH],
    TypeFamily.ACCOMPAGNEMENT: [_HEALTH],
    TypeFamily.ENTRAIDE: [
        "remobilisation--bien-etre-confiance-en-soi",
        "remobilisation--lien-social",
    ],
    TypeFamily.ADDICTIONS: ["sante--addictions"],
    TypeFamily.LOGEMENT: ["logement-hebergement--se-maintenir-dans-le-logement"],
    TypeFamily.TRAVAIL: ["trouver-un-emploi--maintien-dans-lemploi"],
    TypeFamily.DROITS: [
        "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits"
    ],
    TypeFamily.PROCHES: ["famille--soutien-aidants"],
    TypeFamily.COORDINATION: ["sante--acces-aux-soins"],
}
TYPE_THEMES = {"MDPH": ["sante--constituer-un-dossier-mdph-invalidite"]}
PUBLICS = {
    Public.ENFANTS: "familles",
    Public.ADOLESCENTS: "jeunes",
    Public.ETUDIANTS: "etudiants",
    Public.PERSONNES_AGEES: "seniors",
    Public.PROCHES: "familles",
    Public.PARENTS: "familles",
    Public.PRECARITE: "personnes-en-situation-durgence",
    Public.HANDICAP: "personnes-en-situation-de-handicap",
    Public.TND: "personnes-en-situation-de-handicap",
    Public.JUSTICE: "personnes-en-situation-juridique-specifique",
}
CONDITIONS = (AccessMode.COURRIER_MEDICAL, AccessMode.ORIENTATION_MDPH, AccessMode.ADHESION)


def producer() -> str:
    """Who made the data, in one word: the PTSM of this department."""
    return f"ptsm-{settings.PORTAL_DEPARTEMENT.lower()}"


def identifier(uuid: Any) -> str:
    return f"{producer()}--{uuid}"


def structure(entry: Any) -> dict[str, Any]:
    text = _text(entry.summary)
    return {
        "source": producer(),
        "id": identifier(entry.uuid),
        "nom": name_of(entry.title, entry.type.name),
        "date_maj": _changed_on(entry),
        "description": text,
        "lien_source": entry.full_url,
        "siret": _unless_masked(entry, entry.siret),
        **_where(entry),
        "telephone": _phone(entry.phone),
        "courriel": entry.email or None,
        "site_web": entry.website or None,
        "horaires_accueil": entry.opening_hours or None,
        "accessibilite_lieu": _unless_masked(entry, entry.acceslibre_url),
        "reseaux_porteurs": [NETWORKS[entry.type.code]] if entry.type.code in NETWORKS else None,
    }


def services(entries: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """The services of these entries; one that lists none is itself what it gives."""
    for entry in entries:
        for offer in entry.service_list or [entry]:
            yield service(entry, offer)


def service(entry: Any, offer: Any) -> dict[str, Any]:
    """``offer`` is one of its services, or the entry itself, which says what it leaves unsaid."""
    is_itself = offer is entry
    name = name_of(offer.title if is_itself else offer.name, entry.type.name)
    publics = offer.publics or entry.publics
    modes = offer.access_modes or entry.access_modes
    cost = offer.cost or entry.cost
    phone = offer.phone or entry.phone
    return {
        "source": producer(),
        "structure_id": identifier(entry.uuid),
        "id": identifier(offer.uuid),
        "nom": name,
        "description": _description(name, entry, offer),
        "lien_source": entry.full_url,
        "date_maj": _changed_on(entry),
        "type": KINDS.get(entry.type.family, "accompagnement"),
        "thematiques": _themes(entry, publics),
        "frais": _FEES.get(cost),
        "frais_precisions": _fee_words(entry, cost),
        "publics": _publics(publics),
        "publics_precisions": _public_words(entry, offer, publics),
        "conditions_acces": _labels(entry, "access_modes", [m for m in modes if m in CONDITIONS]),
        **_where(entry),
        "telephone": _phone(phone),
        "courriel": entry.email or None,
        "modes_accueil": _ways_in(entry),
        "zone_eligibilite": served_communes(entry) or None,
        "contact_nom_prenom": None,  # never a person
        "lien_mobilisation": None,
        "modes_mobilisation": _ways_to_ask(entry, phone, modes),
        "mobilisable_par": _who_asks(publics, modes),
        "mobilisation_precisions": entry.first_contact or None,
        "horaires_accueil": offer.opening_hours or entry.opening_hours or None,
    }


_FEES = {CostType.FREE: "gratuit", CostType.MEMBERSHIP: "payant", CostType.PAID: "payant"}


def name_of(title: str, kind: str) -> str:
    """Three letters at least, a hundred and fifty at most, without the point of a sentence."""
    name = " ".join(title.split())
    if not name.endswith("etc."):
        name = name.rstrip(". ")
    if len(name) < SHORTEST_NAME:
        name = f"{kind} {name}".strip()
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME - 1].rsplit(' ', 1)[0]}…"
    return name


def _text(text: str) -> str | None:
    text = text.strip()[:LONGEST_TEXT]
    return text if len(text) >= SHORTEST_TEXT else None


def _description(name: str, entry: Any, offer: Any) -> str:
    """Its own words, then those of the place, then what such a place is."""
    said = [getattr(offer, "summary", ""), entry.summary, entry.type.explanation]
    whole = " ".join(dict.fromkeys(part.strip() for part in said if part.strip()))
    return _text(whole) or f"{name} ({entry.type.name})"


def _changed_on(entry: Any) -> date:
    return min(entry.updated_on, timezone.localdate())


def _unless_masked(entry: Any, value: str) -> str | None:
    return None if entry.address_is_masked else value or None


def _where(entry: Any) -> dict[str, Any]:
    commune, point = entry.public_commune, entry.public_point
    return {
        "commune": commune.name if commune else None,
        "code_postal": _unless_masked(entry, entry.postcode),
        "code_insee": commune.pk if commune else None,
        "adresse": _unless_masked(entry, entry.address_street),
        "complement_adresse": _unless_masked(entry, entry.address_extra),
        "longitude": point[1] if point else None,
        "latitude": point[0] if point else None,
    }


def _phone(text: str) -> str | None:
    """E.164; a short number stays as one dials it."""
    if not text:
        return None
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return text
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _themes(entry: Any, publics: list[str]) -> list[str]:
    themes = TYPE_THEMES.get(entry.type.code) or THEMES.get(entry.type.family, [_HEALTH])
    parents = ["famille--soutien-a-la-parentalite-et-a-leducation"]
    return sorted({*themes, *(parents if Public.PARENTS in publics else [])})


def _publics(publics: list[str]) -> list[str] | None:
    """Their words for ours; none of them when one of ours has no equivalent.

    A reader of the schema takes whoever is not named for somebody who is not received.
    """
    if not publics:
        return ["tous-publics"]
    if any(public not in PUBLICS for public in publics):
        return None
    return sorted({PUBLICS[Public(public)] for public in publics})


def _labels(entry: Any, field: str, codes: list[str]) -> str | None:
    return ", ".join(entry._meta.get_field(field).labels(codes)) or None


def _public_words(entry: Any, offer: Any, publics: list[str]) -> str | None:
    words = [_labels(entry, "publics", publics), offer.ages or entry.ages]
    return ", ".join(word for word in words if word) or None


def _fee_words(entry: Any, cost: str) -> str | None:
    words = [
        str(CostType.MEMBERSHIP.label) if cost == CostType.MEMBERSHIP else "",
        entry.cost_details,
    ]
    return ". ".join(word for word in words if word) or None


def _ways_in(entry: Any) -> list[str] | None:
    ways = ["a-distance"] * entry.is_remote + ["en-presentiel"] * bool(entry.public_address)
    return ways or None


def _ways_to_ask(entry: Any, phone: str, modes: list[str]) -> list[str] | None:
    walks_in = AccessMode.SANS_RDV in modes and bool(entry.public_address)
    ways = {
        "envoyer-un-courriel": bool(entry.email),
        "se-presenter": walks_in,
        "telephoner": bool(phone),
    }
    return [way for way, is_possible in ways.items() if is_possible] or None


def _who_asks(publics: list[str], modes: list[str]) -> list[str]:
    if publics == [Public.PROFESSIONNELS]:
        return ["professionnels"]
    with_professional = AccessMode.COURRIER_MEDICAL in modes or Public.PROFESSIONNELS in publics
    return ["professionnels", "usagers"] if with_professional else ["usagers"]
