"""Fields of opening hours: of the models, of the editor's forms, of the referent's form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from resources.opening_hours.grid import Range, clock_time, read_grid
from resources.opening_hours.typed_text import tidy_hours
from resources.opening_hours.validators import validate_told_hours
from resources.opening_hours.widgets import PlainHoursWidget

TRANSLATED = False


class OsmHoursField(forms.CharField):
    """Opening hours in OSM syntax, as far as the portal can tell them."""

    default_validators = [validate_told_hours]

    def to_python(self, value: Any) -> Any:
        return tidy_hours(super().to_python(value) or "")


class OpeningHoursField(models.CharField):
    """Column of an OSM text. Forms refuse what cannot be told; the model keeps what is stored.

    Migrations see a ``CharField``, which it is in the database.
    """

    def formfield(
        self, form_class: Any = None, choices_form_class: Any = None, **kwargs: Any
    ) -> Any:
        return super().formfield(
            form_class=form_class or OsmHoursField,
            choices_form_class=choices_form_class,
            **kwargs,
        )

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class PlainHoursField(forms.CharField):
    """Opening hours in a grid; two texts that say the same week are no change.

    What no grid can say is kept as it is stored, and is for editors to mend.
    """

    widget = PlainHoursWidget

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value:
            return
        grid = read_grid(value)
        if grid is None:
            return
        if any(not all(one) for day in grid.days for one in day):
            raise ValidationError(_("Il manque une heure : chaque plage a un début et une fin."))
        validate_told_hours(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _same_week(str(initial or "")) != _same_week(str(data or ""))


def _same_week(text: str) -> str | tuple[bool, list[list[Range]]]:
    grid = read_grid(text)
    if grid is None:
        return " ".join(text.split())
    days = [[(clock_time(start), clock_time(end)) for start, end in day] for day in grid.days]
    return grid.closed_on_holidays, days
