"""Formats of numbers and references."""

import re
from decimal import Decimal


def plain_number(value: Decimal) -> int | float:
    """Format a decimal without trailing zeros: 60.00 as 60, 12.50 as 12.5."""
    value = Decimal(value)
    return int(value) if value == value.to_integral_value() else float(value)


def sortable(reference: str) -> str:
    """Pad the numbers of a reference, « 3.10 » as « 0003.0010 », so that text sorts as numbers."""
    return re.sub(r"\d+", lambda digits: digits.group().zfill(4), reference.lower())[:60]
