"""The licence of the data, for what is printed: the same as in the public data and their page."""

from django import template

from portal.api.openapi import licence, licence_url

register = template.Library()


@register.simple_tag
def data_licence() -> dict[str, str]:
    """Its name, and its address: none for what may not be used again."""
    return {"name": licence(), "url": licence_url()}
