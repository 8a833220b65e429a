"""Blocks of easy-to-read pages: one idea, one picture, short sentences."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from home.blocks.home_page import NEED_ICONS
from portal.crisis.help_numbers import SUICIDE

PICTOS = [
    *NEED_ICONS,
    ("euro", _("euro")),
    ("clock", _("horloge")),
    ("ok", _("coche")),
    ("mail", _("enveloppe")),
    ("info", _("information")),
]
ONE_SENTENCE_A_LINE = _("Une phrase courte par paragraphe : douze mots au plus.")


class EasyHeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Titre facile à lire")
        template = "blocks/home/easy_heading.html"
        description = _("Un titre court, souvent une question.")
        preview_value = "Quand aller au CMP ?"


class EasyIdeaBlock(blocks.StructBlock):
    icon = blocks.ChoiceBlock(choices=PICTOS, default="info", label=_("Dessin"))
    text = blocks.RichTextBlock(
        features=["bold", "link"], label=_("Phrases"), help_text=ONE_SENTENCE_A_LINE
    )

    class Meta:
        icon = "pilcrow"
        label = _("Idée, avec un dessin")
        template = "blocks/home/easy_idea.html"
        description = _("Facile à lire : une idée, un dessin, des phrases courtes.")
        preview_value = {
            "icon": "home",
            "text": "<p>Le CMP est un lieu de soins.</p>"
            "<p>CMP veut dire : <b>centre médico-psychologique</b>.</p>",
        }


class EasyCrisisBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(
        features=["bold", "link"], label=_("Phrases"), help_text=ONE_SENTENCE_A_LINE
    )

    class Meta:
        icon = "warning"
        label = _("C’est urgent")
        template = "blocks/home/easy_crisis.html"
        description = format_lazy(
            _("Le rappel du {number}, en rouge. Une fois par page."), number=SUICIDE.number
        )
        preview_value = {
            "text": f"<p>Vous pensez à mourir ?</p><p>Appelez le {SUICIDE.number}.</p>"
        }


EASY_BLOCKS = [
    ("easy_heading", EasyHeadingBlock(max_length=120)),
    ("easy_idea", EasyIdeaBlock()),
    ("easy_crisis", EasyCrisisBlock()),
]
