"""Parts of messages: pictures as mail takes them, an issue as its editor sees it."""

from typing import NamedTuple

from django import template
from django.utils.safestring import SafeString

from wagtail.images.models import AbstractImage

from newsletter.mail.issue import TOO_HEAVY, render_issue, size_of, why_too_heavy
from newsletter.mail.preview import render_preview
from newsletter.models import IssuePage
from portal.mail.layout import absolute

register = template.Library()

PICTURE_WIDTH = 536  # what a card leaves of the 600 pixels of a message
_FINE_SCREENS = 2
_FLAT = (".png", ".gif")  # drawings, whose edges a JPEG would blur


class MailPicture(NamedTuple):
    url: str
    alt: str
    width: int


class MessageWeight(NamedTuple):
    """In thousands of octets; ``problem`` tells the editor what to do when it is too heavy."""

    weight: int
    limit: int
    problem: str


@register.simple_tag
def mail_picture(image: AbstractImage) -> MailPicture:
    """An image in a format that every mailbox reads, sharp on fine screens."""
    kind = "png" if image.file.name.lower().endswith(_FLAT) else "jpeg"
    rendition = image.get_rendition(f"width-{PICTURE_WIDTH * _FINE_SCREENS}|format-{kind}")
    alt = "" if getattr(image, "decorative", False) else image.contextual_alt_text
    width = min(PICTURE_WIDTH, rendition.width)
    return MailPicture(absolute(rendition.url), alt or "", width)


@register.simple_tag
def message_weight(issue: IssuePage) -> MessageWeight:
    """How heavy the message of this issue is, laid out now."""
    rendered = render_issue(issue)
    return MessageWeight(-(-size_of(rendered) // 1000), TOO_HEAVY // 1000, why_too_heavy(rendered))


@register.simple_tag
def message_preview(issue: IssuePage, as_text: bool) -> SafeString:
    return render_preview(issue, as_text=as_text)
