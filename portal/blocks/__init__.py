from portal.blocks.layout import CARD_ICONS, CardsBlock, FiguresBlock, LinksBlock, TableBlock
from portal.blocks.media import DocumentsBlock, PictureBlock
from portal.blocks.navigation import FOOTER_BLOCKS, LinkBlock
from portal.blocks.streams import BODY_BLOCKS
from portal.blocks.text import (
    TEXT_FEATURES,
    FoldBlock,
    HeadingBlock,
    NoteBlock,
    ParagraphBlock,
    QuoteBlock,
    StepsBlock,
    SubheadingBlock,
)

__all__ = [
    "BODY_BLOCKS",
    "CARD_ICONS",
    "FOOTER_BLOCKS",
    "TEXT_FEATURES",
    "CardsBlock",
    "DocumentsBlock",
    "FiguresBlock",
    "FoldBlock",
    "HeadingBlock",
    "LinkBlock",
    "LinksBlock",
    "NoteBlock",
    "ParagraphBlock",
    "PictureBlock",
    "QuoteBlock",
    "StepsBlock",
    "SubheadingBlock",
    "TableBlock",
]
