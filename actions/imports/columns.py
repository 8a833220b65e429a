"""The columns of a spreadsheet of action sheets: how a cell is read, held and written."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.translation import gettext as _

from actions.choices import PartnerRole
from actions.imports.lookups import ActionLookups
from actions.models import ActionPage, ActionPartner
from portal.exports.formula_escape import unescape_formula
from portal.geo.names import plain
from portal.imports.files.csv_reader import BadValue, parse_day

#: What separates the items of one cell.
SEPARATOR = " | "
_YES, _NO = {"oui", "o", "x", "1", "vrai"}, {"non", "n", "0", "faux"}
_FORMULA = ("=", "@")


@dataclass(frozen=True)
class Column:
    """A field whose value is one text."""

    heading: str
    name: str
    #: An empty cell then says « there is none »; otherwise it says nothing.
    may_be_emptied: bool = True

    @property
    def field(self) -> Any:
        return ActionPage._meta.get_field(self.name)

    @property
    def label(self) -> str:
        words = str(self.field.verbose_name)
        return f"{words[:1].upper()}{words[1:]}"

    def read(self, text: str, books: ActionLookups) -> Any:
        return _checked(text, self.field.max_length)

    def typed(self, value: Any) -> str:
        """The cell that ``read`` reads back."""
        return "" if value is None else str(value)

    def held(self, page: ActionPage, books: ActionLookups) -> Any:
        return " ".join(str(getattr(page, self.name) or "").split())

    def put(self, page: ActionPage, value: Any, books: ActionLookups) -> None:
        setattr(page, self.name, value)

    @property
    def accepted(self) -> str:
        return str(self.field.help_text)


class Email(Column):
    def read(self, text: str, books: ActionLookups) -> str:
        try:
            validate_email(text)
        except ValidationError as mistake:
            raise BadValue(" ".join(mistake.messages)) from None
        return text


class Day(Column):
    def read(self, text: str, books: ActionLookups) -> str:
        return parse_day(text).isoformat()

    def held(self, page: ActionPage, books: ActionLookups) -> str:
        value = getattr(page, self.name)
        return value.isoformat() if value else ""

    def put(self, page: ActionPage, value: Any, books: ActionLookups) -> None:
        setattr(page, self.name, date.fromisoformat(value) if value else None)

    @property
    def accepted(self) -> str:
        return _("2026-05-07 ou 07/05/2026")


class YesOrNo(Column):
    def read(self, text: str, books: ActionLookups) -> bool:
        word = plain(text)
        if word not in _YES | _NO:
            raise BadValue(_("« %(text)s » : écrivez oui ou non.") % {"text": text})
        return word in _YES

    def typed(self, value: Any) -> str:
        return _("oui") if value else _("non")

    def held(self, page: ActionPage, books: ActionLookups) -> bool:
        return bool(getattr(page, self.name))

    @property
    def accepted(self) -> str:
        return _("oui ou non")


class Choice(Column):
    """One code of a closed list, or the words that the screen shows for it."""

    def read(self, text: str, books: ActionLookups) -> Any:
        for code, label in self.field.flatchoices:
            # « Concertation : les choix sont discutés… » is known by its first word.
            if plain(text) in (plain(code), plain(str(label)), plain(str(label).split(" :")[0])):
                return code
        raise BadValue(
            _("« %(text)s » n’est pas dans la liste. Écrivez : %(words)s.")
            % {"text": text, "words": self.accepted}
        )

    def held(self, page: ActionPage, books: ActionLookups) -> Any:
        return getattr(page, self.name)

    @property
    def accepted(self) -> str:
        return ", ".join(str(code) for code, _label in self.field.flatchoices)


class Codes(Choice):
    def read(self, text: str, books: ActionLookups) -> list[str]:
        found = {super(Codes, self).read(item, books) for item in items(text, ",|;")}
        return [code for code, _label in self.field.flatchoices if code in found]

    def typed(self, value: Any) -> str:
        return SEPARATOR.join(value)


class Number(Column):
    """The priority, by its number or its words."""

    def read(self, text: str, books: ActionLookups) -> str:
        return books.priority(text)

    def held(self, page: ActionPage, books: ActionLookups) -> str:
        return books.number_of.get(page.priority_id, "")

    def put(self, page: ActionPage, value: Any, books: ActionLookups) -> None:
        page.priority_id = books.priorities[value] if value else None

    @property
    def accepted(self) -> str:
        return _("un numéro, de 1 à 6 ; vide : toutes les priorités")


class Territories(Column):
    def read(self, text: str, books: ActionLookups) -> list[str]:
        return sorted({books.territory(item) for item in items(text)})

    def typed(self, value: Any) -> str:
        return SEPARATOR.join(value)

    def held(self, page: ActionPage, books: ActionLookups) -> list[str]:
        return sorted(territory.slug for territory in page.territories.all())

    def put(self, page: ActionPage, value: Any, books: ActionLookups) -> None:
        page.territories = [books.territories[slug] for slug in value or []]

    @property
    def accepted(self) -> str:
        return _("leurs noms, séparés par « | »")


class Objectives(Column):
    def read(self, text: str, books: ActionLookups) -> list[str]:
        return [_checked(item, 250) for item in items(text)]

    def typed(self, value: Any) -> str:
        return SEPARATOR.join(value)

    def held(self, page: ActionPage, books: ActionLookups) -> list[str]:
        return [" ".join(str(block.value).split()) for block in page.objectives]

    def put(self, page: ActionPage, value: Any, books: ActionLookups) -> None:
        setattr(page, self.name, [("objective", text) for text in value or []])

    @property
    def accepted(self) -> str:
        return _("un ou plusieurs, séparés par « | »")


class Paragraphs(Column):
    """A rich text, whose paragraphs « | » parts; nothing of a cell is ever markup."""

    def read(self, text: str, books: ActionLookups) -> list[str]:
        return [_checked(item, None) for item in items(text)]

    def typed(self, value: Any) -> str:
        return SEPARATOR.join(value)

    def held(self, page: ActionPage, books: ActionLookups) -> list[str]:
        pieces = re.split(r"</(?:p|li|h\d)>|<br ?/?>", getattr(page, self.name) or "")
        texts = (" ".join(unescape(strip_tags(piece)).split()) for piece in pieces)
        return [text for text in texts if text]

    def put(self, page: ActionPage, value: Any, books: ActionLookups) -> None:
        html = format_html_join("", "<p>{}</p>", ((text,) for text in value or []))
        setattr(page, self.name, format_html("{}", html))

    @property
    def accepted(self) -> str:
        return _("un ou plusieurs paragraphes, séparés par « | »")


@dataclass(frozen=True)
class Partners(Column):
    """The structures that have one role: an entry of the directory when one has this very name."""

    role: PartnerRole = PartnerRole.PARTNER

    @property
    def label(self) -> str:
        return str(self.role.label)

    def read(self, text: str, books: ActionLookups) -> list[str]:
        return [_checked(item, 160) for item in items(text, "|;")]

    def typed(self, value: Any) -> str:
        return SEPARATOR.join(value)

    def held(self, page: ActionPage, books: ActionLookups) -> list[str]:
        return [" ".join(row.label.split()) for row in page.partners.all() if row.role == self.role]

    def put(self, page: ActionPage, value: Any, books: ActionLookups) -> None:
        rows = list(page.partners.all())
        kept = {row.label: row for row in rows if row.role == self.role}
        mine = [kept.get(name) or self._new(name, books) for name in value or []]
        order = list(PartnerRole)
        others = [row for row in rows if row.role != self.role]
        # Pilots first; ``sorted`` keeps the order of those of one role.
        found = sorted([*others, *mine], key=lambda row: order.index(row.role))
        for rank, row in enumerate(found):
            row.sort_order = rank
        page.partners = found

    def _new(self, name: str, books: ActionLookups) -> ActionPartner:
        resource = books.resource(name)
        return ActionPartner(role=self.role, resource_id=resource, name="" if resource else name)

    @property
    def accepted(self) -> str:
        return _("des structures, jamais des personnes, séparées par « | »")


COLUMNS: tuple[Column, ...] = (
    Column("reference", "reference"),
    Column("titre", "title"),
    Column("resume", "summary"),
    Number("priorite", "priority"),
    Paragraphs("pourquoi", "why"),
    Objectives("objectifs", "objectives"),
    Codes("pour_qui", "publics"),
    YesOrNo("tout_le_departement", "whole_department", may_be_emptied=False),
    Territories("territoires", "territories"),
    Partners("pilotes", "pilots", role=PartnerRole.PILOT),
    Partners("copilotes", "copilots", role=PartnerRole.COPILOT),
    Partners("partenaires", "partners", role=PartnerRole.PARTNER),
    Choice("participation", "participation", may_be_emptied=False),
    Column("comment_elles_participent", "participation_text"),
    Email("email", "contact_email"),
    Choice("etat", "status", may_be_emptied=False),
    Column("raison_publique", "status_reason"),
    Day("debut", "start"),
    Day("fin_prevue", "planned_end"),
    Day("fin_reelle", "actual_end"),
    Day("prochain_point", "review_on"),
    Column("source", "source"),
)
BY_NAME = {column.name: column for column in COLUMNS}
BY_HEADING = {column.heading: column for column in COLUMNS}
#: What the people of the field also write above these columns.
ALIASES = {"axe": "priorite", "pilote": "pilotes", "statut": "etat", "public": "pour_qui"}


def items(text: str, separators: str = "|") -> list[str]:
    pieces = re.split(f"[{re.escape(separators)}]", text)
    return [piece.strip() for piece in pieces if piece.strip()]


def reader(column: Column) -> Callable[[str, ActionLookups], Any]:
    """The reading of a cell; « nothing » for an empty one."""

    def read(text: str, books: ActionLookups) -> Any:
        return column.read(text, books) if text else ""

    return read


def _checked(text: str, longest: int | None) -> str:
    """Words: what looks like a formula is refused, unless the portal itself wrote it so."""
    if text.startswith(_FORMULA):
        raise BadValue(_("« %(text)s » est une formule : écrivez du texte.") % {"text": text[:60]})
    words = unescape_formula(text)
    if longest and len(words) > longest:
        raise BadValue(_("%(count)s signes au plus.") % {"count": longest})
    return words
