"""Pictures as mail takes them."""

from typing import NamedTuple

from django import template

from wagtail.images.models import AbstractImage

from portal.mail.layout import absolute

register = template.Library()

PICTURE_WIDTH = 536  # what a card leaves of the 600 pixels of a message
_FINE_SCREENS = 2
_FLAT = (".png", ".gif")  # drawings, whose edges a JPEG would blur


class MailPicture(NamedTuple):
    url: str
    alt: str
    width: int


@register.simple_tag
def mail_picture(image: AbstractImage) -> MailPicture:
    """An image in a format that every mailbox reads, sharp on fine screens."""
    kind = "png" if image.file.name.lower().endswith(_FLAT) else "jpeg"
    rendition = image.get_rendition(f"width-{PICTURE_WIDTH * _FINE_SCREENS}|format-{kind}")
    alt = "" if getattr(image, "decorative", False) else image.contextual_alt_text
    width = min(PICTURE_WIDTH, rendition.width)
    return MailPicture(absolute(rendition.url), alt or "", width)
