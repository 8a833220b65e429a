"""The blocks that an issue of the letter is written with."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from wagtail.blocks import StreamValue
from wagtail.models import Page

from newsletter.blocks.pages import (
    ActionBlock,
    ButtonBlock,
    EntriesBlock,
    EventsBlock,
    NewsBlock,
)
from newsletter.blocks.written import EditoBlock
from portal.blocks import HeadingBlock, ParagraphBlock, PictureBlock, QuoteBlock

__all__ = ["ISSUE_BLOCKS", "pages_in"]

_WORDS = _("Texte et image")

ISSUE_BLOCKS = [
    ("edito", EditoBlock()),
    ("news", NewsBlock()),
    ("action", ActionBlock()),
    ("entries", EntriesBlock()),
    ("events", EventsBlock()),
    ("heading", HeadingBlock(group=_WORDS)),
    ("paragraph", ParagraphBlock(group=_WORDS)),
    ("quote", QuoteBlock(group=_WORDS)),
    ("picture", PictureBlock(group=_WORDS)),
    ("button", ButtonBlock()),
]


def pages_in(body: StreamValue) -> Iterator[Page | None]:
    """Every page that the blocks of an issue lead to."""
    for child in body:
        if hasattr(child.block, "pages_of"):
            yield from child.block.pages_of(child.value)
