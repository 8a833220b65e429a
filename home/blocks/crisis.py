"""Block of advice while help is on its way."""

from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from portal.crisis.help_numbers import SUICIDE


class AdviceBlock(blocks.StructBlock):
    situation = blocks.CharBlock(
        max_length=120,
        label=_("Situation"),
        help_text=_("Par exemple : « Quelqu’un me dit qu’il veut mourir »."),
    )
    steps = blocks.ListBlock(
        blocks.CharBlock(max_length=240, label=_("Étape")), min_num=1, label=_("Que faire")
    )

    class Meta:
        icon = "help"
        label = _("Que faire si…")
        template = "blocks/home/advice.html"
        description = _("Une situation et ce qu’il faut faire, une étape à la fois.")
        preview_value = {
            "situation": "Quelqu’un me dit qu’il veut mourir",
            "steps": [
                "Restez avec la personne.",
                f"Appelez le {SUICIDE.number}, avec elle si possible.",
            ],
        }


ADVICE_BLOCKS = [("advice", AdviceBlock())]
