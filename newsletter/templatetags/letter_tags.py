"""What the templates of messages need: addresses, pictures and rich text as mail takes them."""

from typing import Any, NamedTuple

from django import template

from wagtail.images.models import AbstractImage

from newsletter.mail import plain_text
from newsletter.mail.links import absolute

register = template.Library()

PICTURE_WIDTH = 536  # what a card leaves of the 600 pixels of a message
_FINE_SCREENS = 2
_FLAT = (".png", ".gif")  # drawings, whose edges a JPEG would blur


class Picture(NamedTuple):
    url: str
    alt: str
    width: int


@register.simple_tag
def mail_picture(image: AbstractImage) -> Picture:
    """An image in a format that every mailbox reads, sharp on fine screens."""
    kind = "png" if image.file.name.lower().endswith(_FLAT) else "jpeg"
    rendition = image.get_rendition(f"width-{PICTURE_WIDTH * _FINE_SCREENS}|format-{kind}")
    alt = "" if getattr(image, "decorative", False) else image.contextual_alt_text
    width = min(PICTURE_WIDTH, rendition.width)
    return Picture(absolute(rendition.url), alt or "", width)


@register.filter
def whole_address(path: str) -> str:
    return absolute(path)


@register.filter
def as_text(rich: Any) -> str:
    return plain_text.text_of(rich)


@register.filter
def underlined(title: Any, sign: str = "-") -> str:
    return plain_text.underlined(str(title), sign)
