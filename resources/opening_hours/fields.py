"""Form field of opening hours for the public update form: one time input per bound."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resources.opening_hours.grid import DAYS, RANGES_PER_DAY, Range, WeekGrid, read_grid
from resources.opening_hours.validators import validate_opening_hours
from resources.opening_hours.widgets import OpeningHoursWidget

#: « 9 h », « 9h30 », « 9:30 », « 09.30 »: as people write it where a browser has no clock.
_TYPED = re.compile(r"(\d{1,2})\s*(?:[hH:.]\s*(\d{2})?)?")


class TypedHours(str):
    """The OSM text of a grid as it was typed, mistakes included: none is lost on the way back."""

    grid: WeekGrid

    @classmethod
    def of(cls, grid: WeekGrid) -> "TypedHours":
        text = cls(grid.as_osm())
        text.grid = grid
        return text


class PlainHoursWidget(OpeningHoursWidget):
    """Seven days of two ranges; what no grid can say stays as it is until the grid is filled."""

    template_name = "resources/referents/hours.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        if isinstance(value, TypedHours):
            widget["days"] = [self._day(name, "", rank, value.grid) for rank in range(len(DAYS))]
            widget["holidays"] = value.grid.closed_on_holidays
            widget["text"] = ""
        for day in widget["days"]:
            for number, one in enumerate(day["ranges"]):
                one["start"], one["end"] = _on_a_clock(one["start"]), _on_a_clock(one["end"])
                one["number"] = number + 1
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        grid = WeekGrid(closed_on_holidays=bool(data.get(f"{name}-holidays")))
        for rank in range(len(DAYS)):
            for number in range(RANGES_PER_DAY):
                start, end = (
                    _as_time(str(data.get(f"{name}-{rank}-{number}-{side}") or ""))
                    for side in ("start", "end")
                )
                if start or end:
                    grid.days[rank].append((start, end))
        if grid.is_empty:
            return str(data.get(f"{name}-kept") or "").strip()
        return TypedHours.of(grid)


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
    days = [[(_on_a_clock(start), _on_a_clock(end)) for start, end in day] for day in grid.days]
    return grid.closed_on_holidays, days


def _as_time(typed: str) -> str:
    found = _TYPED.fullmatch(typed.strip())
    return f"{int(found[1]):02d}:{found[2] or '00'}" if found else typed.strip()[:12]


def _on_a_clock(time: str) -> str:
    """« 24:00 » is no time of a clock: a time input would show nothing at all."""
    return "00:00" if time == "24:00" else time
