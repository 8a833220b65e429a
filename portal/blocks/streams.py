"""The lists of blocks that page bodies offer."""

from portal.blocks.layout import CardsBlock, FiguresBlock, LinksBlock, TableBlock
from portal.blocks.media import DocumentsBlock, PictureBlock
from portal.blocks.text import (
    FoldBlock,
    HeadingBlock,
    NoteBlock,
    ParagraphBlock,
    QuoteBlock,
    StepsBlock,
    SubheadingBlock,
)

__all__ = ["BODY_BLOCKS"]

BODY_BLOCKS = [
    ("heading", HeadingBlock()),
    ("subheading", SubheadingBlock()),
    ("paragraph", ParagraphBlock()),
    ("note", NoteBlock()),
    ("steps", StepsBlock()),
    ("quote", QuoteBlock()),
    ("fold", FoldBlock()),
    ("picture", PictureBlock()),
    ("documents", DocumentsBlock()),
    ("links", LinksBlock()),
    ("cards", CardsBlock()),
    ("figures", FiguresBlock()),
    ("table", TableBlock()),
]
