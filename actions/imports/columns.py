"""The columns of a spreadsheet of action sheets."""

import re
from dataclasses import dataclass
from html import unescape

from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.translation import gettext as _

from actions.choices import PartnerRole
from actions.imports.list_columns import FundersColumn, IndicatorsColumn, StepsColumn
from actions.models import ActionPage, ActionPartner
from portal.imports.column_classes import column_for
from portal.imports.columns import (
    FieldData,
    ImportColumn,
    LinesColumn,
    clean_lines,
)
from portal.imports.lookups import ImportLookups
from portal.imports.parsers import CellText, parse_text, split_items


class ParagraphsColumn(LinesColumn):
    """A rich text of paragraphs separated by « | »; a cell is never read as markup."""

    def stored(self, data: FieldData, lookups: ImportLookups) -> list[str]:
        pieces = re.split(r"</(?:p|li|h\d)>|<br ?/?>", data.get(self.name) or "")
        return clean_lines(unescape(strip_tags(piece)) for piece in pieces)

    def put(self, instance: ActionPage, value: list[str], lookups: ImportLookups) -> None:
        html = format_html_join("", "<p>{}</p>", ((text,) for text in value or []))
        setattr(instance, self.name, format_html("{}", html))

    def help_text(self, lookups: ImportLookups) -> str:
        return _("un ou plusieurs paragraphes, séparés par « | »")


@dataclass(frozen=True)
class PartnersColumn(LinesColumn):
    """Partners of one role; a name that is the title of an entry becomes a link to it."""

    is_related = True
    role: PartnerRole = PartnerRole.PARTNER

    @property
    def label(self) -> str:
        return str(self.role.label)

    def read(self, cell: CellText, lookups: ImportLookups) -> list[str]:
        items = split_items(CellText(cell.text.replace(";", "|")))
        return [parse_text(CellText(item), 160) for item in items]

    def stored(self, data: FieldData, lookups: ImportLookups) -> list[str]:
        titles = lookups.of("partners").names
        rows = sorted(data.get("partners") or [], key=lambda row: row.get("sort_order") or 0)
        return clean_lines(
            titles.get(str(row["resource"]), "") or row["name"]
            for row in rows
            if row["role"] == self.role
        )

    def put(self, instance: ActionPage, value: list[str], lookups: ImportLookups) -> None:
        rows = list(instance.partners.all())
        kept = {row.label: row for row in rows if row.role == self.role}
        mine = [kept.get(name) or self._create(name, lookups) for name in value or []]
        order = list(PartnerRole)
        others = [row for row in rows if row.role != self.role]
        # Pilots first; ``sorted`` keeps the order of those of one role.
        found = sorted([*others, *mine], key=lambda row: order.index(row.role))
        for rank, row in enumerate(found):
            row.sort_order = rank
        instance.partners.set(found)

    def _create(self, name: str, lookups: ImportLookups) -> ActionPartner:
        resource = lookups.of("partners").pks_by_title.get(name)
        return ActionPartner(role=self.role, resource_id=resource, name="" if resource else name)

    def help_text(self, lookups: ImportLookups) -> str:
        return _("des structures, jamais des personnes, séparées par « | »")


def _column(
    heading: str, name: str, column_class: type[ImportColumn] | None = None
) -> ImportColumn:
    return column_for(ActionPage, name, heading, column_class=column_class)


def _partners(heading: str, name: str, role: PartnerRole) -> ImportColumn:
    return PartnersColumn(name, heading, ActionPage, role=role)


COLUMNS: tuple[ImportColumn, ...] = (
    _column("reference", "reference"),
    _column("titre", "title"),
    _column("resume", "summary", ImportColumn),
    _column("priorite", "priority"),
    _column("pourquoi", "why", ParagraphsColumn),
    _column("objectifs", "objectives"),
    _column("dimensions", "dimensions"),
    _column("pour_qui", "publics"),
    _column("tout_le_departement", "whole_department"),
    _column("territoires", "territories"),
    _partners("pilotes", "pilots", PartnerRole.PILOT),
    _partners("copilotes", "copilots", PartnerRole.COPILOT),
    _partners("partenaires", "partners", PartnerRole.PARTNER),
    _column("participation", "participation"),
    _column("comment_elles_participent", "participation_text", ImportColumn),
    _column("email", "contact_email"),
    _column("etat", "status"),
    _column("raison_publique", "status_reason", ImportColumn),
    _column("debut", "start"),
    _column("fin_prevue", "planned_end"),
    _column("fin_reelle", "actual_end"),
    _column("prochain_point", "review_on"),
    _column("recommandations", "recommendations"),
    _column("etapes", "steps", StepsColumn),
    _column("indicateurs", "indicators", IndicatorsColumn),
    _column("financeurs", "funders", FundersColumn),
    _column("source", "source"),
)
BY_NAME = {column.name: column for column in COLUMNS}
BY_HEADING = {column.heading: column for column in COLUMNS}
#: What the people of the field also write above these columns.
ALIASES = {"axe": "priorite", "pilote": "pilotes", "statut": "etat", "public": "pour_qui"}
