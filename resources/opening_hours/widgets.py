"""Widget of opening hours: a weekly grid of time inputs, without any script."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format

from resources.opening_hours.grid import DAYS, RANGES_PER_DAY, WeekGrid, read_grid

A_MONDAY = date(2024, 1, 1)


class OpeningHoursWidget(forms.Widget):
    """Reads and writes the OSM text of one field.

    What a grid cannot say (seasons, first Monday of the month) stays in a text field,
    which wins over the grid as long as it is filled.
    """

    template_name = "resources/widgets/opening_hours.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        text = value or ""
        grid = read_grid(text)
        context["widget"]["days"] = [
            self._day(name, context["widget"]["attrs"].get("id", ""), rank, grid)
            for rank in range(len(DAYS))
        ]
        context["widget"]["holidays"] = grid.closed_on_holidays if grid else False
        context["widget"]["text"] = "" if grid else text
        return context

    def _day(self, name: str, id_: str, rank: int, grid: WeekGrid | None) -> dict[str, Any]:
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
        grid = WeekGrid(closed_on_holidays=bool(data.get(f"{name}-holidays")))
        for rank in range(len(DAYS)):
            for number in range(RANGES_PER_DAY):
                start = (data.get(f"{name}-{rank}-{number}-start") or "")[:5]
                end = (data.get(f"{name}-{rank}-{number}-end") or "")[:5]
                if start or end:
                    grid.days[rank].append((start, end))
        return grid.as_osm()

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(key == name or key.startswith(f"{name}-") for key in data)

    def id_for_label(self, id_: str) -> str:
        return ""

    def use_required_attribute(self, initial: Any) -> bool:
        return False
