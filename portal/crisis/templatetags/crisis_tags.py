"""Tags of the crisis numbers, which every template has without loading them."""

from django import template

from portal.crisis.help_numbers import CRISIS_NUMBERS, MEDICAL, SUICIDE, HelpNumber

register = template.Library()

_BY_NAME = {"suicide": SUICIDE, "medical": MEDICAL}


@register.simple_tag
def crisis_numbers() -> tuple[HelpNumber, ...]:
    """The numbers of the help strip; needs no database."""
    return CRISIS_NUMBERS


@register.simple_tag
def crisis_number(name: str) -> HelpNumber:
    """The number for « suicide » or « medical »: its ``number``, ``url`` and ``link``."""
    return _BY_NAME[name]
