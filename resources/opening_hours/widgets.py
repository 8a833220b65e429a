"""Widgets of opening hours: a weekly grid of time inputs, for editors and for the public form."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format

from resources.opening_hours.grid import DAYS, RANGES_PER_DAY, WeekGrid, clock_time, read_grid
from resources.opening_hours.opening_times import OpeningTimes

A_MONDAY = date(2024, 1, 1)
#: « 9 h », « 9h30 », « 9:30 », « 09.30 ».
_TYPED_TIME = re.compile(r"(\d{1,2})\s*(?:[hH:.]\s*(\d{2})?)?")


class OpeningHoursWidget(forms.Widget):
    """Reads and writes the OSM text of one field.

    What a grid cannot say (seasons, first Monday of the month) stays in a text field,
    which wins over the grid as long as it is filled.
    """

    template_name = "resources/opening_hours/admin_grid.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        text = value or ""
        grid = read_grid(text)
        context["widget"]["days"] = [self._day(name, rank, grid) for rank in range(len(DAYS))]
        context["widget"]["holidays"] = grid.closed_on_holidays if grid else False
        context["widget"]["text"] = "" if grid else text
        return context

    def _day(self, name: str, rank: int, grid: WeekGrid | None) -> dict[str, Any]:
        ranges = list(grid.days[rank]) if grid else []
        ranges += [("", "")] * (RANGES_PER_DAY - len(ranges))
        return {
            "label": date_format(A_MONDAY + timedelta(days=rank), "l").capitalize(),
            "ranges": [
                {
                    "start": start,
                    "end": end,
                    "start_name": f"{name}-{rank}-{number}-start",
                    "end_name": f"{name}-{rank}-{number}-end",
                }
                for number, (start, end) in enumerate(ranges)
            ],
        }

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        text = (data.get(f"{name}-text") or data.get(name) or "").strip()
        if text:
            return text
        return self._posted_grid(data, name).as_osm()

    def _posted_grid(self, data: Mapping[str, Any], name: str) -> WeekGrid:
        """The grid as it was typed, half-filled ranges included."""
        grid = WeekGrid(closed_on_holidays=bool(data.get(f"{name}-holidays")))
        for rank in range(len(DAYS)):
            for number in range(RANGES_PER_DAY):
                start, end = (
                    self.read_time(str(data.get(f"{name}-{rank}-{number}-{side}") or ""))
                    for side in ("start", "end")
                )
                if start or end:
                    grid.days[rank].append((start, end))
        return grid

    def read_time(self, typed: str) -> str:
        """A bound of a range from what was typed: « 09:30 »."""
        return typed[:5]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(key == name or key.startswith(f"{name}-") for key in data)

    def id_for_label(self, id_: str) -> str:
        return ""

    def use_required_attribute(self, initial: Any) -> bool:
        return False


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

    template_name = "resources/opening_hours/plain_grid.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        if isinstance(value, TypedHours):
            widget["days"] = [self._day(name, rank, value.grid) for rank in range(len(DAYS))]
            widget["holidays"] = value.grid.closed_on_holidays
            widget["text"] = ""
        widget["told"] = " ".join(OpeningTimes(widget["text"]).sentences()) or widget["text"]
        for day in widget["days"]:
            for number, one in enumerate(day["ranges"]):
                one["start"], one["end"] = clock_time(one["start"]), clock_time(one["end"])
                one["number"] = number + 1
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        grid = self._posted_grid(data, name)
        if grid.is_empty:
            return str(data.get(f"{name}-kept") or "").strip()
        return TypedHours.of(grid)

    def read_time(self, typed: str) -> str:
        """« 9 h », « 9h30 » and « 9.30 » too: not every browser has time inputs."""
        found = _TYPED_TIME.fullmatch(typed.strip())
        return f"{int(found[1]):02d}:{found[2] or '00'}" if found else typed.strip()[:12]
