"""Entries in the schema of data·inclusion, version 1: structures, and the services they give.

What the schema has no word for is left empty: a GEM is none of its « réseaux porteurs ».
Places that are closed for now stay out: the schema cannot say so.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from portal.base.choices import Public
from portal.text.phone_parsing import e164, parse_phone
from resources.choices import AccessMode, CostType, TypeFamily
from resources.entry_fields import PropertySource, source
from resources.open_data import fields
from resources.open_data.offers import EntryOffer, eligible_areas, offers_of

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
_FEES = {CostType.FREE: "gratuit", CostType.MEMBERSHIP: "payant", CostType.PAID: "payant"}
CONDITIONS = (AccessMode.COURRIER_MEDICAL, AccessMode.ORIENTATION_MDPH, AccessMode.ADHESION)


def producer() -> str:
    """Who made the data, in one word: the PTSM of this department."""
    return f"ptsm-{settings.PORTAL_DEPARTEMENT.lower()}"


def identifier(uuid: Any) -> str:
    return f"{producer()}--{uuid}"


def structure(entry: Any) -> dict[str, Any]:
    """An entry as a structure of the schema; every property is there, null when unknown."""
    return {name: one.read(entry) for name, one in STRUCTURE.items()}


def services(entries: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """The services of these entries; one that lists none is itself what it gives."""
    for offer in offers_of(entries):
        yield {name: one.read(offer) for name, one in SERVICE.items()}


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


def _service_name(offer: EntryOffer) -> str:
    entry, service = offer.entry, offer.service
    return name_of(service.name if service else entry.title, entry.type.name)


def _description(offer: EntryOffer) -> str:
    """Its own words, then those of the place, then what such a place is."""
    entry, service = offer.entry, offer.service
    texts = [service.summary if service else "", entry.summary, entry.type.explanation]
    whole = " ".join(dict.fromkeys(part.strip() for part in texts if part.strip()))
    return _text(whole) or f"{_service_name(offer)} ({entry.type.name})"


def _changed_on(entry: Any) -> date:
    return min(entry.updated_on, timezone.localdate())


def _network(entry: Any) -> list[str] | None:
    return [NETWORKS[entry.type.code]] if entry.type.code in NETWORKS else None


def _phone(text: str) -> str | None:
    """E.164; a short number stays as one dials it."""
    if not text:
        return None
    number = parse_phone(text)
    return e164(number) if number else text


def _themes(offer: EntryOffer) -> list[str]:
    kind = offer.entry.type
    themes = TYPE_THEMES.get(kind.code) or THEMES.get(kind.family, [_HEALTH])
    parents = ["famille--soutien-a-la-parentalite-et-a-leducation"]
    return sorted({*themes, *(parents if Public.PARENTS in offer.own("publics") else [])})


def _publics(offer: EntryOffer) -> list[str] | None:
    """Their words for ours; none of them when one of ours has no equivalent.

    A reader of the schema takes whoever is not named for somebody who is not received. A place of
    care of which nobody said whom it receives promises nothing: it is not for everybody.
    """
    publics = offer.own("publics")
    if not publics:
        return None if offer.entry.type.is_care else ["tous-publics"]
    if any(public not in PUBLICS for public in publics):
        return None
    return sorted({PUBLICS[Public(public)] for public in publics})


def _labels(offer: EntryOffer, name: str, codes: list[str]) -> str:
    return ", ".join(offer.entry._meta.get_field(name).labels(codes))


def _public_words(offer: EntryOffer) -> str | None:
    ages = (offer.service.ages if offer.service else "") or offer.entry.ages
    words = [_labels(offer, "publics", offer.own("publics")), ages]
    return ", ".join(word for word in words if word) or None


def _conditions(offer: EntryOffer) -> str | None:
    modes = [mode for mode in offer.own("access_modes") if mode in CONDITIONS]
    return _labels(offer, "access_modes", modes) or None


def _fee_words(offer: EntryOffer) -> str | None:
    is_membership = offer.own("cost") == CostType.MEMBERSHIP
    words = [str(CostType.MEMBERSHIP.label) if is_membership else "", offer.entry.cost_details]
    return ". ".join(word for word in words if word) or None


def _ways_in(offer: EntryOffer) -> list[str] | None:
    entry = offer.entry
    ways = ["a-distance"] * entry.is_remote + ["en-presentiel"] * bool(entry.public_address)
    return ways or None


def _ways_to_ask(offer: EntryOffer) -> list[str] | None:
    walks_in = AccessMode.SANS_RDV in offer.own("access_modes")
    ways = {
        "envoyer-un-courriel": bool(offer.entry.email),
        "se-presenter": walks_in and bool(offer.entry.public_address),
        "telephoner": bool(offer.own("phone")),
    }
    return [way for way, is_possible in ways.items() if is_possible] or None


def _who_asks(offer: EntryOffer) -> list[str]:
    publics, modes = offer.own("publics"), offer.own("access_modes")
    if publics == [Public.PROFESSIONNELS]:
        return ["professionnels"]
    with_professional = AccessMode.COURRIER_MEDICAL in modes or Public.PROFESSIONNELS in publics
    return ["professionnels", "usagers"] if with_professional else ["usagers"]


def _of_entry(one: PropertySource) -> PropertySource:
    """The same property, read from an offer: it is that of its entry."""
    return PropertySource(one.fields, lambda offer: one.read(offer.entry))


def _nothing(_subject: Any) -> None:
    """For what the schema asks and no entry has: a person, above all."""


_COMMON: dict[str, PropertySource] = {
    "source": source("", lambda _entry: producer()),
    "lien_source": source("", lambda entry: entry.full_url),
    "date_maj": source("content_updated_on", _changed_on),
    "commune": source("commune", fields.commune_reader("name")),
    "code_postal": source("postcode"),
    "code_insee": source("commune", fields.commune_reader("pk")),
    "adresse": source("address_street"),
    "complement_adresse": source("address_extra"),
    "longitude": source("lon", fields.coordinate_reader(1)),
    "latitude": source("lat", fields.coordinate_reader(0)),
    "courriel": source("email"),
}
#: A structure of the schema: each property, and what fills it from an entry.
STRUCTURE: dict[str, PropertySource] = {
    **_COMMON,
    "id": source("uuid", lambda entry: identifier(entry.uuid)),
    "nom": source("title type", lambda entry: name_of(entry.title, entry.type.name)),
    "description": source("summary", lambda entry: _text(entry.summary)),
    "siret": source("siret"),
    "telephone": source("phone", lambda entry: _phone(entry.phone)),
    "site_web": source("website"),
    "horaires_accueil": source("opening_hours"),
    "accessibilite_lieu": source("acceslibre_url"),
    "reseaux_porteurs": source("type", _network),
}
#: A service of the schema: each property, and what fills it from an offer.
SERVICE: dict[str, PropertySource] = {
    **{name: _of_entry(one) for name, one in _COMMON.items()},
    "structure_id": source("uuid", lambda offer: identifier(offer.entry.uuid)),
    "id": source("services.uuid uuid", lambda offer: identifier(offer.id)),
    "nom": source("services.name title type", _service_name),
    "description": source("services.summary summary type", _description),
    "type": source("type", lambda offer: KINDS.get(offer.entry.type.family, "accompagnement")),
    "thematiques": source("type services.publics publics", _themes),
    "frais": source("services.cost cost", lambda offer: _FEES.get(offer.own("cost"))),
    "frais_precisions": source("cost_details services.cost cost", _fee_words),
    "publics": source("type services.publics publics", _publics),
    "publics_precisions": source(
        "services.publics publics services.age_min services.age_max age_min age_max", _public_words
    ),
    "conditions_acces": source("services.access_modes access_modes", _conditions),
    "telephone": source("services.phone phone", lambda offer: _phone(offer.own("phone"))),
    "modes_accueil": source("is_remote address_street", _ways_in),
    "zone_eligibilite": source(
        "covers_department coverage_communes coverage_territories sectors territory",
        lambda offer: eligible_areas(offer.entry) or None,
    ),
    "contact_nom_prenom": source("", _nothing),
    "lien_mobilisation": source("", _nothing),
    "modes_mobilisation": source("email services.phone phone services.access_modes", _ways_to_ask),
    "mobilisable_par": source("services.publics publics services.access_modes", _who_asks),
    "mobilisation_precisions": _of_entry(source("first_contact")),
    "horaires_accueil": source(
        "services.opening_hours opening_hours", lambda offer: offer.own("opening_hours") or None
    ),
}

#: The fields of an entry that the schema has no property for, or that are left to their page.
LEFT_OUT = {
    **fields.LEFT_OUT,
    **dict.fromkeys(
        (
            "acronym", "operator", "parent_structure", "hours_note", "phones", "closures",
            "relatives_welcome", "first_delay", "first_delay_declared_on",
            "services.first_delay", "services.first_delay_declared_on", "spoken_languages",
            "getting_there", "accessibility", "is_emergency", "is_ptsm_partner", "finess",
            "source", "source_date", "verified_by_role",
        ),
        "the schema has no property for it",
    ),
    **dict.fromkeys(
        ("verified_on", "verification_frequency"), "« date_maj » is the day of the change"
    ),
    "status": "only places at work are given: the schema cannot say that one is closed",
    "address_is_masked": "a masked address is left empty",
}  # fmt: skip
