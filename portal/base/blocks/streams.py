"""The lists of blocks that page bodies offer."""

from django.utils.translation import gettext_lazy as _

from wagtail import blocks


class HeadingBlock(blocks.CharBlock):
    """A heading of the second level: the page's title is the first."""

    class Meta:
        icon = "title"
        label = _("Titre")
        template = "blocks/heading.html"
        description = _("Un titre de partie, court. Le texte vient dessous.")
        preview_value = "Comment prendre rendez-vous ?"


BODY_BLOCKS = [
    ("heading", HeadingBlock(max_length=120)),
    ("paragraph", blocks.RichTextBlock(label=_("Texte"))),
]
