"""Blocks made of the letter's own words, beside those that every page has."""

from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from portal.blocks import TEXT_FEATURES

__all__ = ["EditoBlock"]


class EditoBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False, max_length=120, label=_("Titre"))
    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Texte"))
    signed = blocks.CharBlock(
        required=False,
        max_length=120,
        label=_("Signé"),
        help_text=_("Un rôle ou une équipe, jamais un nom : « la coordination du PTSM »."),
    )

    class Meta:
        icon = "edit"
        label = _("Édito")
        group = _("Texte et image")
        template = "blocks/letter/edito.html"
        description = _("Quelques phrases pour commencer, et qui les signe.")
        preview_value = {
            "title": "Ce qui change près de chez vous",
            "text": "<p>Dans ce numéro : un annuaire vérifié, un témoignage, trois dates.</p>",
            "signed": "La coordination du PTSM",
        }
