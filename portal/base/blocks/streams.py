"""The lists of blocks that page bodies offer."""

from django.utils.translation import gettext_lazy as _

from wagtail import blocks

BODY_BLOCKS = [("paragraph", blocks.RichTextBlock(label=_("Texte")))]
