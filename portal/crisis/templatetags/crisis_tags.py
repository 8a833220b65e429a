"""Tags of the help strip, which every template has without loading them."""

from django import template

from portal.crisis.help_numbers import CRISIS_NUMBERS, HelpNumber

register = template.Library()


@register.simple_tag
def crisis_numbers() -> tuple[HelpNumber, ...]:
    """The numbers of the help strip; needs no database."""
    return CRISIS_NUMBERS
