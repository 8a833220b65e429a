"""What the templates of messages need: whole addresses, and rich text as plain text."""

from typing import Any

from django import template

from portal.mail import plain_text
from portal.mail.layout import absolute

register = template.Library()


@register.filter
def whole_address(path: str) -> str:
    return absolute(path)


@register.filter
def as_text(rich: Any) -> str:
    return plain_text.text_of(rich)


@register.filter
def underlined(title: Any, sign: str = "-") -> str:
    return plain_text.underlined(str(title), sign)
