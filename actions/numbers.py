"""Figures as a reader expects to see them."""

from decimal import Decimal


def plain_number(value: Decimal) -> int | float:
    """60.00 as 60, 12.50 as 12.5: what a reader expects to see."""
    value = Decimal(value)
    return int(value) if value == value.to_integral_value() else float(value)
