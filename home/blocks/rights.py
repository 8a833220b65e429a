"""Blocks of the pages of rights: a sheet to fill in and to print."""

from django.utils.translation import gettext_lazy as _

from wagtail import blocks


class SheetFieldBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=120, label=_("Ce que la personne écrit"))
    hint = blocks.CharBlock(required=False, max_length=200, label=_("Une aide, en une phrase"))
    lines = blocks.IntegerBlock(min_value=1, max_value=12, default=3, label=_("Lignes"))

    class Meta:
        icon = "edit"
        label = _("Question")
        label_format = "{label}"


class PrintableSheetBlock(blocks.StructBlock):
    """A sheet that is filled in on the device, or by hand: nothing of it is sent nor kept.

    No form and no field has a name: neither a key nor a button can put the words in an address.
    """

    title = blocks.CharBlock(max_length=120, label=_("Titre de la feuille"))
    fields = blocks.ListBlock(SheetFieldBlock(), min_num=1, max_num=20, label=_("Questions"))
    signatures = blocks.ListBlock(
        blocks.CharBlock(max_length=80, label=_("Qui signe")),
        label=_("Date et signatures"),
        default=[],
    )

    class Meta:
        icon = "form"
        label = _("Feuille à remplir et à imprimer")
        template = "blocks/home/printable_sheet.html"
        description = _(
            "On la remplit à l’écran ou à la main. Rien n’est envoyé, rien n’est gardé."
        )
        preview_value = {
            "title": "Mon plan",
            "fields": [{"label": "Ce qui m’aide", "hint": "", "lines": 3}],
            "signatures": ["Moi"],
        }


RIGHTS_BLOCKS = [("sheet", PrintableSheetBlock())]
