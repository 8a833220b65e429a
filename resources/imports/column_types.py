"""Which sort of column suits a field of the models."""

from collections.abc import Callable
from typing import Any

from django.db import models

from wagtail.fields import StreamField

from portal.base.fields import CodesField
from resources.imports import parsers
from resources.imports.columns import Choice, Codes, Column, Lines, Steps, YesOrNo
from resources.imports.parsers import Cell
from resources.imports.related_columns import Key, Keys, Phones
from resources.models import ResourcePage


def column_of(owner: type[ResourcePage], name: str, heading: str, reading: Any = None) -> Column:
    """The column of a field, of the class that suits its sort."""
    field = owner._meta.get_field(name)
    return _class_of(field)(name, heading, owner, reading or _reading_of(field))


def _class_of(field: Any) -> type[Column]:
    for sort, column in _CLASSES.items():
        if isinstance(field, sort):
            return column
    return Choice if field.choices else Column


_CLASSES: dict[Any, type[Column]] = {
    CodesField: Codes,
    StreamField: Steps,
    models.BooleanField: YesOrNo,
    models.ForeignKey: Key,
    models.ManyToManyField: Keys,
    models.ManyToOneRel: Phones,
    models.TextField: Lines,
}


def _reading_of(field: Any) -> Callable[[Cell], Any] | None:
    longest = int(getattr(field, "max_length", None) or 0)
    if isinstance(field, models.URLField):
        return lambda cell: parsers.address_of_site(cell, longest)
    if isinstance(field, models.EmailField):
        return lambda cell: parsers.email(cell, longest)
    simple = {
        models.DateField: parsers.day,
        models.FloatField: parsers.decimal,
        models.PositiveSmallIntegerField: parsers.whole,
    }
    return simple.get(type(field))
