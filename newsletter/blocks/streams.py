"""The blocks that an issue of the letter is written with."""

from portal.base.blocks import HeadingBlock, ParagraphBlock, QuoteBlock

__all__ = ["ISSUE_BLOCKS"]

ISSUE_BLOCKS = [
    ("heading", HeadingBlock()),
    ("paragraph", ParagraphBlock()),
    ("quote", QuoteBlock()),
]
