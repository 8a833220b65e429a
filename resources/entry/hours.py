"""When a place is open, in one paragraph: what has no room for a table says it by this."""

from typing import Any

from resources.choices import EntryStatus
from resources.opening_hours.one_line import format_week
from resources.opening_hours.opening_times import OpeningTimes


def hours_text(entry: Any) -> str:
    """Its usual week, a word on it, and the closures that are known; empty when nothing is.

    A place that has closed for a time says so in place of its week. ``entry`` is a
    ``ResourcePage``, with its closures.
    """
    closures = OpeningTimes("", entry.opening_times.closures).notes()
    if entry.status == EntryStatus.OPEN:
        return " ".join(filter(None, [format_week(entry.opening_times), _note(entry), *closures]))
    return " ".join([f"{entry.get_status_display()}.", *closures])


def _note(entry: Any) -> str:
    note = str(entry.hours_note).strip()
    return f"{note}." if note and note[-1] not in ".!?…" else note
