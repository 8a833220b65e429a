"""What the templates of messages need: whole addresses, and rich text as plain text."""

from typing import Any

from django import template

from portal.mail import plain_text
from portal.mail.layout import absolute

register = template.Library()


@register.filter
def absolute_url(path: str) -> str:
    return absolute(path)


@register.filter
def to_plain_text(rich: Any) -> str:
    return plain_text.text_of(rich)


@register.filter
def underlined(title: Any, sign: str = "-") -> str:
    return plain_text.underlined(str(title), sign)
