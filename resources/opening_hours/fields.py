"""Form field of opening hours for the public update form: one time input per bound."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resources.opening_hours.grid import Range, clock_time, read_grid
from resources.opening_hours.validators import validate_opening_hours
from resources.opening_hours.widgets import PlainHoursWidget

TRANSLATED = False


class PlainHoursField(forms.CharField):
    """Opening hours; two texts that say the same week are no change."""

    widget = PlainHoursWidget

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value:
            return
        grid = read_grid(value)
        if grid is not None and any(not all(one) for day in grid.days for one in day):
            raise ValidationError(_("Il manque une heure : chaque plage a un début et une fin."))
        validate_opening_hours(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _same_week(str(initial or "")) != _same_week(str(data or ""))


def _same_week(text: str) -> str | tuple[bool, list[list[Range]]]:
    grid = read_grid(text)
    if grid is None:
        return " ".join(text.split())
    days = [[(clock_time(start), clock_time(end)) for start, end in day] for day in grid.days]
    return grid.closed_on_holidays, days
