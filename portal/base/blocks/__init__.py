from portal.base.blocks.navigation import FOOTER_BLOCKS, LinkBlock
from portal.base.blocks.streams import BODY_BLOCKS

__all__ = ["BODY_BLOCKS", "FOOTER_BLOCKS", "LinkBlock"]
