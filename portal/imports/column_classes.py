"""Which class of column suits a field of a model."""

from collections.abc import Callable
from typing import Any

from django.db import models

from wagtail.fields import StreamField

from portal.base.fields import CodesField
from portal.imports import parsers
from portal.imports.columns import (
    ChoiceColumn,
    CodesColumn,
    DateColumn,
    ImportColumn,
    LinesColumn,
    TextBlocksColumn,
    YesNoColumn,
)
from portal.imports.lookup_columns import LookupColumn, LookupsColumn
from portal.imports.parsers import CellText


def column_for(
    model: type[models.Model],
    name: str,
    heading: str,
    parse: Callable[[CellText], Any] | None = None,
    column_class: type[ImportColumn] | None = None,
) -> ImportColumn:
    """The column of a field, of the class that suits its kind unless another one is given."""
    field: Any = model._meta.get_field(name)
    chosen = column_class or _class_for(field)
    return chosen(name, heading, model, parse or _parser_for(field))


_CLASSES: dict[Any, type[ImportColumn]] = {
    CodesField: CodesColumn,
    StreamField: TextBlocksColumn,
    models.BooleanField: YesNoColumn,
    models.DateField: DateColumn,
    models.ForeignKey: LookupColumn,
    models.ManyToManyField: LookupsColumn,
    models.TextField: LinesColumn,
}


def _class_for(field: Any) -> type[ImportColumn]:
    for kind, column in _CLASSES.items():
        if isinstance(field, kind):
            return column
    return ChoiceColumn if field.choices else ImportColumn


def _parser_for(field: Any) -> Callable[[CellText], Any] | None:
    longest = int(getattr(field, "max_length", None) or 0)
    if isinstance(field, models.URLField):
        return lambda cell: parsers.parse_url(cell, longest)
    if isinstance(field, models.EmailField):
        return lambda cell: parsers.parse_email(cell, longest)
    simple = {
        models.FloatField: parsers.parse_decimal,
        models.PositiveSmallIntegerField: parsers.parse_integer,
    }
    return simple.get(type(field))
