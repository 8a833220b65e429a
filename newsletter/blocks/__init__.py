from newsletter.blocks.streams import ISSUE_BLOCKS, pages_in

__all__ = ["ISSUE_BLOCKS", "pages_in"]
