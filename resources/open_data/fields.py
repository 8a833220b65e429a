"""What open data say of one entry: each fact once, for every format and for its description.

A masked address hides its street, its point, and the identifiers that public registers tie to
an address (SIRET, FINESS, Accèslibre). No person is in here: referents never leave.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.base.choices import Public
from resources.choices import (
    AccessibilityFeature,
    AccessMode,
    CostType,
    EntryFreshness,
    EntryStatus,
    SpokenLanguage,
    TypeFamily,
)


class Fact(NamedTuple):
    """A fact: its name in the files, what it means, its type, how it is read."""

    name: str
    text: str | Promise
    schema: dict[str, Any]
    read: Callable[[Any], Any]


TEXT = {"type": ["string", "null"]}
NUMBER = {"type": ["number", "null"]}
YEARS = {"type": ["integer", "null"], "minimum": 0}
DAY = {"type": ["string", "null"], "format": "date"}
BOOLEAN = {"type": "boolean"}
CODES = {"type": "array", "items": {"type": "string"}}


def _rows(**properties: dict[str, Any]) -> dict[str, Any]:
    items = {"type": "object", "required": list(properties), "properties": properties}
    return {"type": "array", "items": items}


def _codes(choices: Any) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", "enum": list(choices.values)}}


def _code(choices: Any) -> dict[str, Any]:
    return {"type": ["string", "null"], "enum": [*choices.values, None]}


def _of(name: str) -> Callable[[Any], Any]:
    """The field itself; nothing said is null."""
    return lambda entry: getattr(entry, name) or None


def _as_is(name: str) -> Callable[[Any], Any]:
    return lambda entry: getattr(entry, name)


def _shown(name: str) -> Callable[[Any], Any]:
    """A field that would tell where a masked address is."""
    return lambda entry: None if entry.address_is_masked else getattr(entry, name) or None


def _commune(name: str) -> Callable[[Any], Any]:
    return lambda entry: getattr(entry.public_commune, name, None)


def _point(rank: int) -> Callable[[Any], Any]:
    return lambda entry: entry.public_point[rank] if entry.public_point else None


def _phones(entry: Any) -> list[dict[str, str]]:
    return [{"qui": phone.label, "numero": phone.number} for phone in entry.phone_list]


def _closures(entry: Any) -> list[dict[str, Any]]:
    return [
        {"du": closure.since, "au": closure.until, "message": closure.message or None}
        for closure in entry.closure_list
    ]


def _services(entry: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": str(service.uuid),
            "nom": service.name,
            "resume": service.summary or None,
            "publics": service.publics,
            "age_min": service.age_min,
            "age_max": service.age_max,
            "prix": service.cost or None,
            "acces": service.access_modes,
            "telephone": service.phone or None,
            "horaires": service.opening_hours or None,
        }
        for service in entry.service_list
    ]


def served_communes(entry: Any) -> list[str]:
    """INSEE codes of the communes that it says it serves: its own list, then its sectors'."""
    codes = {commune.pk for commune in entry.coverage_communes.all()}
    for territory in entry.coverage_territories.all():
        codes.update(commune.pk for commune in territory.communes.all())
    cmp_page = getattr(entry, "cmppage", None)
    for sector in cmp_page.sectors.all() if cmp_page else ():
        codes.update(row.commune_id for row in sector.sector_communes.all())
    return sorted(codes)


_SERVICE: dict[str, dict[str, Any]] = {
    "id": {"type": "string", "format": "uuid"},
    "nom": {"type": "string"},
    "resume": TEXT,
    "publics": _codes(Public),
    "age_min": YEARS,
    "age_max": YEARS,
    "prix": _code(CostType),
    "acces": _codes(AccessMode),
    "telephone": TEXT,
    "horaires": TEXT,
}

FACTS: tuple[Fact, ...] = (
    Fact(
        "id",
        _("Identifiant, qui ne change jamais."),
        {"type": "string", "format": "uuid"},
        lambda entry: str(entry.uuid),
    ),
    Fact("nom", _("Nom du lieu."), {"type": "string"}, _as_is("title")),
    Fact("sigle", _("Sigle."), TEXT, _of("acronym")),
    Fact("type", _("Code du type de lieu."), {"type": "string"}, lambda entry: entry.type.code),
    Fact("type_nom", _("Nom du type."), {"type": "string"}, lambda entry: entry.type.name),
    Fact(
        "famille",
        _("Famille du type."),
        {"type": "string", "enum": TypeFamily.values},
        lambda entry: entry.type.family,
    ),
    Fact(
        "lieu_de_soins",
        _("Vrai pour un lieu de soins ; faux pour un GEM ou un CLSM."),
        BOOLEAN,
        lambda entry: entry.type.is_care,
    ),
    Fact("activite", _("En activité ou fermé."), _code(EntryStatus), _as_is("status")),
    Fact("resume", _("Une ou deux phrases simples."), TEXT, _of("summary")),
    Fact("gestionnaire", _("Qui gère le lieu."), TEXT, _of("operator")),
    Fact(
        "fait_partie_de",
        _("Identifiant de la fiche dont celle-ci fait partie."),
        TEXT,
        lambda entry: str(entry.above_uuid) if entry.above_uuid else None,
    ),
    Fact(
        "lien",
        _("Adresse de la fiche sur le portail."),
        {"type": "string", "format": "uri"},
        _as_is("full_url"),
    ),
    Fact("adresse", _("Numéro et rue."), TEXT, _shown("address_street")),
    Fact("complement_adresse", _("Bâtiment, étage."), TEXT, _shown("address_extra")),
    Fact("code_postal", _("Code postal."), TEXT, _shown("postcode")),
    Fact("commune", _("Commune ou arrondissement."), TEXT, _commune("name")),
    Fact("code_insee", _("Code INSEE de la commune."), TEXT, _commune("code")),
    Fact("latitude", _("Latitude (WGS 84)."), NUMBER, _point(0)),
    Fact("longitude", _("Longitude (WGS 84)."), NUMBER, _point(1)),
    Fact(
        "adresse_secrete",
        _("Vrai quand l’adresse n’est pas communiquée, pour protéger les personnes."),
        BOOLEAN,
        _as_is("address_is_masked"),
    ),
    Fact("pour_venir", _("Bus, train, parking."), TEXT, _of("public_getting_there")),
    Fact(
        "accessibilite", _("Accessibilité."), _codes(AccessibilityFeature), _as_is("accessibility")
    ),
    Fact("acceslibre", _("Fiche Accèslibre."), TEXT, _shown("acceslibre_url")),
    Fact("telephone", _("Le numéro à appeler en premier."), TEXT, _of("phone")),
    Fact(
        "autres_telephones",
        _("D’autres numéros, et qui répond."),
        _rows(qui={"type": "string"}, numero={"type": "string"}),
        _phones,
    ),
    Fact("courriel", _("Adresse e-mail générique."), TEXT, _of("email")),
    Fact("site", _("Site."), TEXT, _of("website")),
    Fact("horaires", _("Horaires, à la manière d’OpenStreetMap."), TEXT, _of("opening_hours")),
    Fact("precision_horaires", _("Ce que les horaires ne disent pas."), TEXT, _of("hours_note")),
    Fact(
        "fermetures",
        _("Fermetures datées ; sans date de fin : jusqu’à nouvel ordre."),
        _rows(du={"type": "string", "format": "date"}, au=DAY, message=TEXT),
        _closures,
    ),
    Fact("publics", _("Pour qui ; vide : tout le monde."), _codes(Public), _as_is("publics")),
    Fact("age_min", _("À partir de cet âge."), YEARS, _as_is("age_min")),
    Fact("age_max", _("Jusqu’à cet âge."), YEARS, _as_is("age_max")),
    Fact(
        "proches_bienvenus",
        _("Vrai quand les proches peuvent demander conseil."),
        BOOLEAN,
        _as_is("relatives_welcome"),
    ),
    Fact("prix", _("Gratuit, sur adhésion ou payant."), _code(CostType), _of("cost")),
    Fact("precision_prix", _("Précision sur le prix."), TEXT, _of("cost_details")),
    Fact("acces", _("Ce qu’il faut pour être reçu."), _codes(AccessMode), _as_is("access_modes")),
    Fact("premier_contact", _("Comment se passe le premier contact."), TEXT, _of("first_contact")),
    Fact(
        "premier_delai",
        _("Délai du premier rendez-vous, dit il y a moins de trois mois."),
        TEXT,
        _of("current_delay"),
    ),
    Fact("a_distance", _("Vrai quand c’est possible à distance."), BOOLEAN, _as_is("is_remote")),
    Fact(
        "langues",
        _("Langues parlées (ISO 639)."),
        _codes(SpokenLanguage),
        _as_is("spoken_languages"),
    ),
    Fact("territoires", _("Territoires couverts."), CODES, _as_is("territory_names")),
    Fact(
        "communes_servies",
        _("Codes INSEE des communes servies, en tout ou en partie."),
        CODES,
        served_communes,
    ),
    Fact("services", _("Ce qu’on peut y demander."), _rows(**_SERVICE), _services),
    Fact("urgence", _("Vrai pour une porte d’entrée en urgence."), BOOLEAN, _as_is("is_emergency")),
    Fact(
        "partenaire_ptsm", _("Vrai pour un partenaire du PTSM."), BOOLEAN, _as_is("is_ptsm_partner")
    ),
    Fact("finess", _("Numéro FINESS."), TEXT, _shown("finess")),
    Fact("siret", _("Numéro SIRET."), TEXT, _shown("siret")),
    Fact("source", _("D’où viennent ces informations."), TEXT, _of("source")),
    Fact("date_source", _("Date de la source."), DAY, _as_is("source_date")),
    Fact("verifiee_le", _("Jour où la structure a relu sa fiche."), DAY, _as_is("verified_on")),
    Fact("verifiee_par", _("Le rôle de qui l’a relue."), TEXT, _of("verified_by_role")),
    Fact("fraicheur", _("Ce que vaut cette date."), _code(EntryFreshness), _as_is("freshness")),
    Fact(
        "modifiee_le",
        _("Dernière mise à jour de la fiche."),
        {"type": "string", "format": "date"},
        _as_is("updated_on"),
    ),
)


def facts_of(entry: Any) -> dict[str, Any]:
    """All that open data say of an entry."""
    return {fact.name: fact.read(entry) for fact in FACTS}
