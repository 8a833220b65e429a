"""Blocks made of files: pictures and documents."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from portal.images.alt_text import alt_text_problem

__all__ = ["DescribedImageBlock", "DocumentsBlock", "PictureBlock"]


class DescribedImageBlock(ImageBlock):
    """Wagtail's image with its alternative text, which is asked for and never guessed."""

    def clean(self, value: Any) -> Any:
        """Refuse, once it is to be published, an image that nobody described."""
        if value and not self.is_deferred_validation and not value.decorative:
            problem = alt_text_problem(value.contextual_alt_text or "", value)
            if problem:
                raise StructBlockValidationError({"alt_text": ValidationError(str(problem))})
        return super().clean(value)


class PictureBlock(blocks.StructBlock):
    """An image with its alternative text, or declared decorative."""

    image = DescribedImageBlock(label=_("Image"))
    caption = blocks.CharBlock(required=False, max_length=200, label=_("Légende"))

    class Meta:
        icon = "image"
        label = _("Image")
        group = _("Images et documents")
        template = "blocks/picture.html"
        description = _("Une image, décrite pour qui ne la voit pas, ou dite décorative.")
        preview_value = {"caption": "L’image choisie, sa légende et son crédit."}


class DocumentValue(blocks.StructValue):
    @property
    def name(self) -> str:
        return self.get("title") or self["document"].title

    @property
    def format(self) -> str:
        return self["document"].file_extension.upper()

    @property
    def size(self) -> int | None:
        return self["document"].get_file_size()


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        required=False,
        max_length=120,
        label=_("Titre"),
        help_text=_("Vide : le titre du document."),
    )
    day = blocks.DateBlock(required=False, label=_("Date du document"))
    accessible = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("Version accessible"),
        help_text=_("Où la lire, par exemple « Le texte de cette page dit la même chose »."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Document")
        value_class = DocumentValue


class DocumentsBlock(blocks.StructBlock):
    items = blocks.ListBlock(DocumentBlock(), label=_("Documents"))

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        group = _("Images et documents")
        template = "blocks/documents.html"
        description = _("Des fichiers à ouvrir, avec leur date, leur poids et leur format.")
        preview_value = {"items": []}
