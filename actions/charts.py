"""The geometry of small bar charts, as SVG attributes. Pure Python, no drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 240, 96
_TOP, _FLOOR = 6.0, 92.0  # room for the goal's line above, for the axis below
_GAP_SHARE = 0.3  # of each slot
_LAST_BARS = 12  # thinner ones can't be told apart; the table beside holds every value


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars from left to right, the height of the zero line, and that of the goal if any."""

    bars: tuple[Bar, ...]
    zero_y: float
    goal_y: float | None = None
    width: int = WIDTH
    height: int = HEIGHT

    def __bool__(self) -> bool:
        return bool(self.bars)


def bar_chart(values: Sequence[float], goal: float | None = None) -> BarChart:
    """Lay ``values`` (oldest first) on a 240 × 96 canvas; the scale holds zero and the goal.

    Only the last twelve values are drawn. A value too small to be seen keeps a bar of one
    unit; zero has none. Negative values hang under the zero line.
    """
    drawn = list(values)[-_LAST_BARS:]
    low = min([0.0, *drawn, *([] if goal is None else [goal])])
    high = max([0.0, *drawn, *([] if goal is None else [goal])])
    span = (high - low) or 1.0

    def y_of(value: float) -> float:
        return round(_FLOOR - (value - low) / span * (_FLOOR - _TOP), 1)

    zero_y = y_of(0.0)
    slot = WIDTH / max(len(drawn), 4)  # few values stay slim, aligned at the start
    width = round(slot * (1 - _GAP_SHARE), 1)
    bars = tuple(
        _bar(round(rank * slot + slot * _GAP_SHARE / 2, 1), width, y_of(value), zero_y, value)
        for rank, value in enumerate(drawn)
    )
    if bars:
        last = bars[-1]
        bars = (*bars[:-1], Bar(last.x, last.y, last.width, last.height, is_last=True))
    return BarChart(bars, zero_y, None if goal is None else y_of(goal))


def _bar(x: float, width: float, y: float, zero_y: float, value: float) -> Bar:
    height = abs(zero_y - y)
    if value and height < 1:
        height = 1.0
    top = zero_y if value < 0 else zero_y - height
    return Bar(x, round(top, 1), width, round(height, 1))
