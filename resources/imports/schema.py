"""Which columns the table of entries has, in the order of the editor's screens."""

from resources.imports import parsers
from resources.imports.column_types import column_of
from resources.imports.columns import Column
from resources.models import ClsmPage, CmpPage, GemPage, ResourcePage

#: What finds an entry again, and what says that it did not change since the download.
UUID, VERSION, STATE = "uuid", "version", "etat"
TYPE, TITLE = "type", "titre"


def _of(owner: type[ResourcePage], **headings: str) -> list[Column]:
    return [column_of(owner, name, heading, _OWN.get(name)) for name, heading in headings.items()]


_OWN = {
    "phone": parsers.phone,
    "postcode": parsers.postcode,
    "finess": parsers.finess,
    "siret": parsers.siret,
    "opening_hours": lambda cell: parsers.opening_hours(cell, 400),
}

COLUMNS: tuple[Column, ...] = (
    *_of(
        ResourcePage,
        type=TYPE,
        title=TITLE,
        short_title="titre_court",
        acronym="sigle",
        summary="resume",
        operator="gere_par",
        parent_structure="fait_partie_de",
        status="activite",
        phone="telephone",
        phones="autres_telephones",
        email="email",
        website="site",
        opening_hours="horaires",
        hours_note="precision_horaires",
        address_street="adresse",
        address_extra="complement",
        postcode="code_postal",
        commune="commune",
        lat="latitude",
        lon="longitude",
        address_is_masked="adresse_secrete",
        masked_place="lieu_dit",
        getting_there="pour_venir",
        accessibility="accessibilite",
        acceslibre_url="acceslibre",
        publics="pour_qui",
        age_min="age_min",
        age_max="age_max",
        relatives_welcome="proches_bienvenus",
        cost="prix",
        cost_details="precision_prix",
        access_modes="comment_y_aller",
        first_contact="premier_contact",
        first_visit="premier_rendez_vous",
        first_delay="delai",
        first_delay_declared_on="delai_declare_le",
        is_remote="a_distance",
        spoken_languages="langues",
        coverage_territories="territoires_couverts",
        coverage_communes="communes_couvertes",
        is_emergency="urgence",
        is_ptsm_partner="partenaire_ptsm",
        finess="finess",
        siret="siret",
        source="source",
        source_date="date_source",
        verified_on="verifiee_le",
        verified_by_role="verifiee_par",
        verification_frequency="frequence_verification",
        agrees_to_call="appel_a_referent",
        is_example="exemple",
        owner_role="role_responsable",
    ),
    *_of(
        GemPage,
        members_association="gem_association",
        sponsor="gem_parrain",
        manager="gem_gestionnaire",
        is_self_managed="gem_autogere",
        membership="gem_adhesion",
        activities="gem_activites",
    ),
    *_of(CmpPage, audience="cmp_public", hospital="cmp_hopital", sectors="cmp_secteurs"),
    *_of(
        ClsmPage,
        territory="clsm_territoire",
        presidency="clsm_presidence",
        coordinator_role="clsm_coordination",
        coordinator_email="clsm_email",
        created_in="clsm_creation",
        working_groups="clsm_groupes",
        achievements="clsm_realisations",
    ),
)
BY_NAME = {column.name: column for column in COLUMNS}
BY_HEADING = {column.heading: column for column in COLUMNS}
KINDS: tuple[type[ResourcePage], ...] = (GemPage, CmpPage, ClsmPage)


def kind_of_type(code: str) -> type[ResourcePage]:
    """The sort of page that an entry of this type is."""
    return next((kind for kind in KINDS if code in kind.type_codes), ResourcePage)


def columns_of(kind: type[ResourcePage]) -> list[Column]:
    return [column for column in COLUMNS if column.is_of(kind)]
