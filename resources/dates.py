"""Months of the calendar, for what expires after some of them."""

import calendar
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last of the month when it has none such.

    >>> add_months(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
