from newsletter.blocks.streams import ISSUE_BLOCKS

__all__ = ["ISSUE_BLOCKS"]
