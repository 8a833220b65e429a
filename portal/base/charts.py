"""Geometry of small bar charts; the figures themselves are in a table beside the drawing."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

BASE_LINE = 92  # in a drawing 96 units high
TALLEST = 80
BAR, STEP, MARGIN = 40, 58, 12


class ChartBar(NamedTuple):
    x: int
    y: int
    height: int


class BarChart(NamedTuple):
    """Bars from the oldest to the newest; ``goal_y`` is 0 when there is no goal."""

    bars: list[ChartBar]
    goal_y: int
    width: int
    axis: int


def bar_chart(points: Iterable[Mapping[str, Any]], goal: Any = None) -> BarChart:
    """Lay out one bar a point (``label``, ``value``) and the line of the goal.

    A value that is not a number, or is negative, is drawn as nothing.
    """
    values = [_number(point["value"]) for point in points]
    target = _number(goal)
    highest = max([*values, target], default=0) or 1
    bars = []
    for rank, value in enumerate(values):
        height = max(round(value / highest * TALLEST), 2)
        bars.append(ChartBar(MARGIN + rank * STEP, BASE_LINE - height, height))
    width = max(2 * MARGIN + len(bars) * STEP - (STEP - BAR), 240)
    goal_y = round(BASE_LINE - target / highest * TALLEST) if target else 0
    return BarChart(bars, goal_y, width, width - 8)


def _number(value: Any) -> float:
    try:
        return max(float(value), 0)
    except (TypeError, ValueError):
        return 0
