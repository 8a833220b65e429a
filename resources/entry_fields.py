"""The fields of an entry, each named once: label, kind, pages that have it, who may read it.

Names, labels and kinds are those of the models. A field of a list of the entry is named after
its list: ``services.phone``. Each output (import table, open data, HSDS, printing…) says in its
own module which of these fields it reads and, in ``LEFT_OUT``, why it leaves out the others:
``resources.checks`` stops the start when an output says neither.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from django.db import models

from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.base.fields import CodesField
from resources.models import ClsmPage, CmpPage, GemPage, ResourcePage


class FieldKind(StrEnum):
    """What a field holds, in Python: the shape of its value."""

    TEXT = "text"
    BLOCKS = "blocks"
    CODE = "code"
    CODES = "codes"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    UUID = "uuid"
    RELATED_ROW = "related row"
    RELATED_ROWS = "related rows"


class Visibility(StrEnum):
    """Who may read a field of a published entry."""

    PUBLIC = "public"
    #: Public, but for an entry whose address is masked: it would tell where that is.
    MASKED_WITH_ADDRESS = "masked with the address"
    #: Editors alone.
    INTERNAL = "internal"


#: Public registers give the address of whoever has a SIRET, a FINESS or an Accèslibre page.
_MASKED_WITH_ADDRESS = {
    "address_street", "address_extra", "postcode", "lat", "lon", "getting_there",
    "acceslibre_url", "finess", "siret",
}  # fmt: skip
_INTERNAL = {
    "owner_role", "verification_frequency", "agrees_to_call", "seeks_referent", "is_example",
    "masked_place",
}  # fmt: skip
#: Where the public value is not the field itself: it may be masked in part, or too old.
_PUBLIC_ATTRIBUTES = {"commune": "public_commune", "first_delay": "current_delay"}

_KINDS: dict[type[models.Field], FieldKind] = {
    CodesField: FieldKind.CODES,
    StreamField: FieldKind.BLOCKS,
    models.ManyToManyField: FieldKind.RELATED_ROWS,
    models.ForeignKey: FieldKind.RELATED_ROW,
    models.UUIDField: FieldKind.UUID,
    models.BooleanField: FieldKind.BOOLEAN,
    models.DateField: FieldKind.DATE,
    models.FloatField: FieldKind.DECIMAL,
    models.IntegerField: FieldKind.INTEGER,
}
#: What rows have because Django or Wagtail needs it.
_TECHNICAL = {"id", "page_ptr", "resourcepage_ptr", "locale", "translation_key", "sort_order"}


@dataclass(frozen=True)
class EntryField:
    """One field; ``field`` is Django's, ``relation`` the list of the entry that it is in."""

    field: Any
    relation: str = ""

    @property
    def name(self) -> str:
        return f"{self.relation}.{self.field.name}" if self.relation else str(self.field.name)

    @property
    def label(self) -> str:
        """« premier contact »"""
        return str(self.field.verbose_name)

    @cached_property
    def kind(self) -> FieldKind:
        for sort, kind in _KINDS.items():
            if isinstance(self.field, sort) and not (
                kind is FieldKind.INTEGER and self.field.choices
            ):
                return kind
        return FieldKind.CODE if self.field.choices else FieldKind.TEXT

    @property
    def codes(self) -> list[Any]:
        """The codes that a field of kind CODE or CODES may hold."""
        return [code for code, _label in self.field.flatchoices]

    @property
    def page_types(self) -> tuple[type[ResourcePage], ...]:
        owner = ResourcePage if self.relation else self.field.model
        return tuple(page for page in ENTRY_MODELS if issubclass(page, owner))

    @property
    def visibility(self) -> Visibility:
        if self.name in _INTERNAL:
            return Visibility.INTERNAL
        is_masked = self.name in _MASKED_WITH_ADDRESS
        return Visibility.MASKED_WITH_ADDRESS if is_masked else Visibility.PUBLIC

    def public_value(self, entry: Any) -> Any:
        """What anybody may read of it; None when that is nothing."""
        is_hidden = self.visibility is Visibility.INTERNAL or (
            self.visibility is Visibility.MASKED_WITH_ADDRESS and entry.address_is_masked
        )
        if is_hidden:
            return None
        value = getattr(entry, _PUBLIC_ATTRIBUTES.get(self.name, self.name))
        return None if value == "" else value


ENTRY_MODELS: tuple[type[ResourcePage], ...] = (ResourcePage, CmpPage, GemPage, ClsmPage)


def entry_fields() -> dict[str, EntryField]:
    """All fields of all entry models, by name; of what every page has, only the title."""
    found = [EntryField(Page._meta.get_field("title"))]
    for model in ENTRY_MODELS:
        own = [*model._meta.fields, *model._meta.many_to_many]
        found += [EntryField(field) for field in own if field.model is not Page]
    for relation in get_all_child_relations(ResourcePage):
        model = relation.related_model
        if model._meta.app_label == ResourcePage._meta.app_label:
            names = (field for field in model._meta.fields if field != relation.field)
            found += [EntryField(field, relation.name) for field in names]
    return {one.name: one for one in found if one.field.name not in _TECHNICAL}


ENTRY_FIELDS = entry_fields()


class PropertySource(NamedTuple):
    """What fills a property of an output: entry fields, by name, and how they are read."""

    fields: tuple[str, ...]
    read: Callable[[Any], Any]


def source(fields: str, read: Callable[[Any], Any] | None = None) -> PropertySource:
    """``fields`` are names of ``ENTRY_FIELDS`` between blanks; ``read`` takes what is told.

    Without ``read`` it is the public value of the one field, read from an entry.
    """
    names = tuple(fields.split())
    return PropertySource(names, read or ENTRY_FIELDS[names[0]].public_value)


def fields_read(*mappings: Iterable[PropertySource]) -> set[str]:
    """The names of the fields that these mappings tell."""
    return {name for mapping in mappings for one in mapping for name in one.fields}
