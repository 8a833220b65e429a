"""The fields of the open data, each with the field of an entry that it tells, in file order.

One list for every format (JSON, CSV, XLSX, GeoJSON) and for their description. No person is in
here: referents never leave.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.base.choices import Public
from resources.choices import AccessMode, AppointmentDelay, CostType, EntryFreshness, TypeFamily
from resources.entry_fields import PropertySource, source
from resources.open_data.json_schemas import (
    BOOLEAN,
    DATE,
    NULLABLE_DATE,
    REQUIRED_TEXT,
    TEXT,
    TEXTS,
    UUID,
    YEARS,
    JsonSchema,
    code,
    codes,
    rows,
    schema_of,
)
from resources.open_data.offers import covered_territories, served_communes
from resources.opening_hours.one_line import format_week


@dataclass(frozen=True)
class OpenDataField:
    """A field of the files: its name, what it means, what fills it, its JSON schema."""

    name: str
    description: str | Promise
    source: PropertySource
    schema: JsonSchema


def _field(
    name: str,
    description: str | Promise,
    fields: str,
    read: Callable[[Any], Any] | None = None,
    schema: JsonSchema | None = None,
) -> OpenDataField:
    """``fields`` and ``read`` as for ``entry_fields.source``; the first field gives the schema."""
    filled_by = source(fields, read)
    return OpenDataField(name, description, filled_by, schema or schema_of(filled_by.fields[0]))


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
            "delai": service.first_delay if service.current_delay else None,
            "delai_declare_le": service.first_delay_declared_on if service.current_delay else None,
            "telephone": service.phone or None,
            "horaires": service.opening_hours or None,
        }
        for service in entry.service_list
    ]


_SERVICE_FIELDS = " ".join(
    f"services.{name}"
    for name in (
        "uuid", "name", "summary", "publics", "age_min", "age_max", "cost", "access_modes",
        "first_delay", "first_delay_declared_on", "phone", "opening_hours",
    )
)  # fmt: skip
_SERVICES = rows(
    id=UUID, nom=REQUIRED_TEXT, resume=TEXT, publics=codes(Public.values), age_min=YEARS,
    age_max=YEARS, prix=code(CostType.values), acces=codes(AccessMode.values),
    delai=code(AppointmentDelay.values), delai_declare_le=NULLABLE_DATE,
    telephone=TEXT, horaires=TEXT,
)  # fmt: skip


def commune_reader(attribute: str) -> Callable[[Any], Any]:
    return lambda entry: getattr(entry.public_commune, attribute, None)


def coordinate_reader(index: int) -> Callable[[Any], Any]:
    return lambda entry: entry.public_point[index] if entry.public_point else None


FIELDS: tuple[OpenDataField, ...] = (
    _field("id", _("Identifiant, qui ne change jamais."), "uuid", lambda entry: str(entry.uuid)),
    _field("nom", _("Nom du lieu."), "title", schema=REQUIRED_TEXT),
    _field("sigle", _("Sigle."), "acronym"),
    _field("type", _("Code du type de lieu."), "type", lambda e: e.type.code, REQUIRED_TEXT),
    _field("type_nom", _("Nom du type."), "type", lambda e: e.type.name, REQUIRED_TEXT),
    _field(
        "famille",
        _("Famille du type."),
        "type",
        lambda entry: entry.type.family,
        {"type": "string", "enum": TypeFamily.values},
    ),
    _field(
        "lieu_de_soins",
        _("Vrai pour un lieu de soins ; faux pour un GEM ou un CLSM."),
        "type",
        lambda entry: entry.type.is_care,
        BOOLEAN,
    ),
    _field("activite", _("En activité ou fermé."), "status"),
    _field("resume", _("Une ou deux phrases simples."), "summary"),
    _field("gestionnaire", _("Qui gère le lieu."), "operator"),
    _field(
        "fait_partie_de",
        _("Identifiant de la fiche dont celle-ci fait partie."),
        "parent_structure",
        lambda entry: str(entry.above_uuid) if entry.above_uuid else None,
        TEXT,
    ),
    _field(
        "lien",
        _("Adresse de la fiche sur le portail."),
        "",
        lambda entry: entry.full_url,
        {"type": "string", "format": "uri"},
    ),
    _field("adresse", _("Numéro et rue."), "address_street"),
    _field("complement_adresse", _("Bâtiment, étage."), "address_extra"),
    _field("code_postal", _("Code postal."), "postcode"),
    _field("commune", _("Commune ou arrondissement."), "commune", commune_reader("name"), TEXT),
    _field("code_insee", _("Code INSEE de la commune."), "commune", commune_reader("code"), TEXT),
    _field("latitude", _("Latitude (WGS 84)."), "lat", coordinate_reader(0)),
    _field("longitude", _("Longitude (WGS 84)."), "lon", coordinate_reader(1)),
    _field(
        "adresse_secrete",
        _("Vrai quand l’adresse n’est pas communiquée, pour protéger les personnes."),
        "address_is_masked",
    ),
    _field("pour_venir", _("Bus, train, parking."), "getting_there"),
    _field("accessibilite", _("Accessibilité."), "accessibility"),
    _field("acceslibre", _("Fiche Accèslibre."), "acceslibre_url"),
    _field("telephone", _("Le numéro à appeler en premier."), "phone"),
    _field(
        "autres_telephones",
        _("D’autres numéros, et qui répond."),
        "phones.label phones.number",
        _phones,
        rows(qui=REQUIRED_TEXT, numero=REQUIRED_TEXT),
    ),
    _field("courriel", _("Adresse e-mail générique."), "email"),
    _field("site", _("Site."), "website"),
    _field("horaires", _("Horaires, à la manière d’OpenStreetMap."), "opening_hours"),
    _field(
        "horaires_en_clair",
        _("Les mêmes horaires, en toutes lettres."),
        "opening_hours",
        lambda entry: format_week(entry.opening_times) or None,
        TEXT,
    ),
    _field("precision_horaires", _("Ce que les horaires ne disent pas."), "hours_note"),
    _field(
        "fermetures",
        _("Fermetures datées ; sans date de fin : jusqu’à nouvel ordre."),
        "closures.since closures.until closures.message",
        _closures,
        rows(du=DATE, au=NULLABLE_DATE, message=TEXT),
    ),
    _field("publics", _("Pour qui ; vide : on ne sait pas."), "publics"),
    _field("age_min", _("À partir de cet âge."), "age_min"),
    _field("age_max", _("Jusqu’à cet âge."), "age_max"),
    _field(
        "proches_bienvenus",
        _("Vrai quand les proches peuvent demander conseil."),
        "relatives_welcome",
    ),
    _field("prix", _("Gratuit, sur adhésion ou payant."), "cost"),
    _field("precision_prix", _("Précision sur le prix."), "cost_details"),
    _field("acces", _("Ce qu’il faut pour être reçu."), "access_modes"),
    _field("premier_contact", _("Comment se passe le premier contact."), "first_contact"),
    _field(
        "premier_delai",
        _("Délai du premier rendez-vous, dit il y a moins de trois mois."),
        "first_delay first_delay_declared_on",
        schema=TEXT,
    ),
    _field("a_distance", _("Vrai quand c’est possible à distance."), "is_remote"),
    _field("langues", _("Langues parlées (ISO 639)."), "spoken_languages"),
    _field(
        "territoires",
        _("Territoires couverts."),
        "coverage_territories territory",
        covered_territories,
        TEXTS,
    ),
    _field(
        "communes_servies",
        _("Codes INSEE des communes servies, en tout ou en partie."),
        "coverage_communes coverage_territories sectors territory",
        served_communes,
        TEXTS,
    ),
    _field(
        "tout_le_departement",
        _("Vrai quand tout le département est reçu."),
        "covers_department",
    ),
    _field("services", _("Ce qu’on peut y demander."), _SERVICE_FIELDS, _services, _SERVICES),
    _field("urgence", _("Vrai pour une porte d’entrée en urgence."), "is_emergency"),
    _field("partenaire_ptsm", _("Vrai pour un partenaire du PTSM."), "is_ptsm_partner"),
    _field("finess", _("Numéro FINESS."), "finess"),
    _field("siret", _("Numéro SIRET."), "siret"),
    _field("source", _("D’où viennent ces informations."), "source"),
    _field("date_source", _("Date de la source."), "source_date"),
    _field("verifiee_le", _("Jour où la structure a relu sa fiche."), "verified_on"),
    _field("verifiee_par", _("Le rôle de qui l’a relue."), "verified_by_role"),
    _field(
        "fraicheur",
        _("Ce que vaut cette date."),
        "verified_on verification_frequency",
        lambda entry: entry.freshness,
        code(EntryFreshness.values),
    ),
    _field(
        "modifiee_le",
        _("Dernière mise à jour de la fiche."),
        "content_updated_on",
        lambda entry: entry.updated_on,
        DATE,
    ),
)

#: The fields of an entry that the files do not hold, and why.
LEFT_OUT = {
    **dict.fromkeys(
        ("owner_role", "agrees_to_call", "seeks_referent"),
        "it is for the coordination",
    ),
    **dict.fromkeys(
        ("listing_image", "listing_image_alt", "listing_image_is_decorative", "short_title"),
        "it is of the page, not of the place",
    ),
    **dict.fromkeys(
        ("description", "first_visit"), "a text of several blocks is read on the page"
    ),
    **dict.fromkeys(
        (
            "audience", "hospital", "members_association", "sponsor", "manager",
            "is_self_managed", "membership", "activities", "presidency",
            "coordinator_role", "coordinator_email", "created_in", "working_groups",
            "achievements",
        ),
        "only one type of page has it; the files have the columns that all have",
    ),
    "masked_place": "what may be said of a masked place is in its commune and territories",
    "is_example": "examples are not exported",
    "notices": "a message of some days is over before a copy is read",
}  # fmt: skip


def open_data_values(entry: Any) -> dict[str, Any]:
    """What the open data tell of an entry (see ``querysets.with_exported_rows``), by field name."""
    return {field.name: field.source.read(entry) for field in FIELDS}
