"""Model fields that the project adds to Django's and Wagtail's."""

import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from wagtail import fields

from portal.text.control_characters import strip_everywhere

TRANSLATED = False


class StreamField(fields.StreamField):
    """A StreamField whose list of blocks stays out of migrations.

    Adding or moving a block then needs no migration. The price: a data migration sees
    raw JSON, and what a removed block held stays in the database until the page is saved.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, "portal.base.fields.StreamField", [[]], kwargs

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The blocks; what was stored with signs that nothing can show is read without them."""
        if isinstance(value, str) and "\\u" in value:
            with suppress(ValueError):  # no JSON: Wagtail has its own answer
                value = json.loads(value)
        return super().to_python(strip_everywhere(value))

    def get_prep_value(self, value: Any) -> Any:
        return strip_everywhere(super().get_prep_value(value))


class CodesField(models.CharField):
    """A set of codes out of a closed list, for instance the publics of an entry.

    In Python a list of codes in the order of ``choices``; in the database
    ``|adultes|proches|``, so that ``filter(publics__has="adultes")`` finds one exactly on
    SQLite and PostgreSQL alike, without a join.
    """

    # What may be given and what is read back: no child of the stub's CharField may say another
    # type than str without an ignore.
    _pyi_private_set_type: Iterable[str] | Combinable  # type: ignore[assignment]
    _pyi_private_get_type: list[str]  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 500)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)  # a new code needs no migration
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *_: Any) -> list[str]:
        return self.to_python(value)

    def to_python(self, value: Any) -> list[str]:
        if isinstance(value, str):
            value = value.split("|")
        return [str(code) for code in value or [] if code]

    def get_prep_value(self, value: Any) -> str:
        codes = self.to_python(value)
        return f"|{'|'.join(codes)}|" if codes else ""

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: list[str], model_instance: models.Model | None) -> None:
        known = {code for code, _label in self.flatchoices}
        unknown = [code for code in value if known and code not in known]
        if unknown:
            raise ValidationError(
                _("« %(codes)s » n’est pas dans la liste."), params={"codes": ", ".join(unknown)}
            )
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def run_validators(self, value: list[str]) -> None:
        super().run_validators(self.get_prep_value(value))

    def formfield(self, *_args: Any, **_kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=self.flatchoices,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def labels(self, value: list[str]) -> list[str]:
        """The labels of these codes, in the order of the list."""
        return [str(label) for code, label in self.flatchoices if code in value]


@CodesField.register_lookup
class HasCode(models.lookups.Contains):
    lookup_name = "has"

    def get_prep_lookup(self) -> str:
        return f"|{self.rhs}|"

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        # Backends know their operators by the name of Django's own lookup.
        return connection.operators["contains"] % rhs
