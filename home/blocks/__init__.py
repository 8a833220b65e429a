from home.blocks.accessibility import ACCESSIBILITY_BLOCKS
from home.blocks.crisis import ADVICE_BLOCKS
from home.blocks.easy import EASY_BLOCKS
from home.blocks.governance import MEMBER_BLOCKS
from home.blocks.home_page import HOME_BLOCKS

__all__ = ["ACCESSIBILITY_BLOCKS", "ADVICE_BLOCKS", "EASY_BLOCKS", "HOME_BLOCKS", "MEMBER_BLOCKS"]
