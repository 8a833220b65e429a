"""The project as a picture: one hill for each priority, as high as it has actions, filled as they
are done and under way. The list beside it says the same in words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from actions.progress import ActionProgress

#: Units of the drawing: the ground, the lowest and the highest hill, from one hill to the next.
_GROUND, _LOW, _HIGH, _STEP, _WIDTH = 184, 62, 118, 52, 100


@dataclass(frozen=True, slots=True)
class PriorityHill:
    """``path`` is its outline; ``done`` and ``running`` the heights that are filled, from below."""

    number: int
    path: str
    left: int
    middle: int
    top: int
    done: int
    running: int
    label: str
    is_empty: bool


@dataclass(frozen=True, slots=True)
class HillDrawing:
    """``description`` tells the picture to who does not see it."""

    width: int
    hills: list[PriorityHill]
    description: str


def draw_hills(priorities: Iterable[Any], progress: ActionProgress) -> HillDrawing | None:
    """The hills of priorities that have their ``progress``; None when no action is published."""
    rows = list(priorities)
    most = max((row.progress.total for row in rows), default=0)
    if not most:
        return None
    hills = [_hill(row, rank, most) for rank, row in enumerate(rows)]
    told = _("%(n)s collines, une par priorité. %(progress)s.")
    description = told % {"n": len(hills), "progress": progress.sentence}
    return HillDrawing(_STEP * (len(hills) - 1) + _WIDTH, hills, description)


def _hill(priority: Any, rank: int, most: int) -> PriorityHill:
    known: ActionProgress = priority.progress
    left, total = rank * _STEP, known.total
    height = _LOW + round((_HIGH - _LOW) * total / most)
    top = _GROUND - height
    return PriorityHill(
        number=priority.number,
        path=(
            f"M{left} {_GROUND}C{left + 19} {_GROUND - 6} {left + 22} {top} {left + 50} {top}"
            f"S{left + 81} {_GROUND - 6} {left + _WIDTH} {_GROUND}z"
        ),
        left=left,
        middle=left + _WIDTH // 2,
        top=top,
        done=_part(height, known.done, total),
        running=_part(height, known.done + known.running, total),
        label=f"{known.done}/{total}" if total else "0",
        is_empty=not total,
    )


def _part(height: int, count: int, total: int) -> int:
    return round(height * count / total) if total else 0
