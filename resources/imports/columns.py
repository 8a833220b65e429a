"""The columns of the table of entries, in the order of the editor's screens."""

from typing import Any

from django.utils.translation import gettext as _

from portal.imports.column_classes import column_for
from portal.imports.columns import FieldData, ImportColumn
from portal.imports.files.csv_reader import BadValue
from portal.imports.lookups import ImportLookups
from portal.imports.parsers import SEPARATOR, CellText, parse_text, split_items
from resources.imports import parsers
from resources.models import ClsmPage, CmpPage, GemPage, ResourcePage

#: What finds an entry again, and what says that it did not change since the download.
UUID, VERSION, STATE = "uuid", "version", "etat"
TYPE, TITLE = "type", "titre"


class PhonesColumn(ImportColumn):
    """« Secrétariat : 04 91 00 00 00 | Urgences : 3114 »"""

    is_related = True
    label = property(lambda self: _("Autres numéros"))  # type: ignore[assignment]

    def read(self, cell: CellText, lookups: ImportLookups) -> list[str]:
        return [self._one(item, cell.remarks) for item in split_items(cell)]

    def _one(self, item: str, remarks: list[str]) -> str:
        who, separator, number = item.rpartition(":")
        if not separator or not who.strip():
            raise BadValue(
                _("« %(text)s » : dites qui répond, comme « Secrétariat : 04 91 00 00 00 ».")
                % {"text": item}
            )
        read = parsers.parse_phone(CellText(number.strip(), remarks))
        return f"{parse_text(CellText(who.strip()), 80)} : {read}"

    def format(self, value: Any, lookups: ImportLookups) -> str:
        return SEPARATOR.join(value or [])

    def stored(self, data: FieldData, lookups: ImportLookups) -> list[str]:
        rows = sorted(data.get(self.name) or [], key=lambda row: row.get("sort_order") or 0)
        return [f"{' '.join(row['label'].split())} : {row['number']}" for row in rows]

    def put(self, instance: ResourcePage, value: Any, lookups: ImportLookups) -> None:
        kept = {(phone.label, phone.number): phone for phone in instance.phones.all()}
        model = self.field.related_model
        rows = []
        for order, item in enumerate(value or []):
            label, _separator, number = item.rpartition(" : ")
            row = kept.get((label, number)) or model(
                label=label, number=number, locale=instance.locale
            )
            row.sort_order = order
            rows.append(row)
        setattr(instance, self.name, rows)

    def help_text(self, lookups: ImportLookups) -> str:
        return _("« Secrétariat : 04 91 00 00 00 » ; plusieurs, séparés par « | »")


_PARSERS = {
    "phone": parsers.parse_phone,
    "postcode": parsers.parse_postcode,
    "finess": parsers.parse_finess,
    "siret": parsers.parse_siret,
    "opening_hours": lambda cell: parsers.parse_opening_hours(cell, 400),
}
_CLASSES = {"phones": PhonesColumn}


def _columns(model: type[ResourcePage], **headings: str) -> list[ImportColumn]:
    return [
        column_for(model, name, heading, _PARSERS.get(name), _CLASSES.get(name))
        for name, heading in headings.items()
    ]


COLUMNS: tuple[ImportColumn, ...] = (
    *_columns(
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
        covers_department="tout_le_departement",
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
    *_columns(
        GemPage,
        members_association="gem_association",
        sponsor="gem_parrain",
        manager="gem_gestionnaire",
        is_self_managed="gem_autogere",
        membership="gem_adhesion",
        activities="gem_activites",
    ),
    *_columns(CmpPage, audience="cmp_public", hospital="cmp_hopital", sectors="cmp_secteurs"),
    *_columns(
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


def columns_of(kind: type[ResourcePage]) -> list[ImportColumn]:
    return [column for column in COLUMNS if column.is_of(kind)]
