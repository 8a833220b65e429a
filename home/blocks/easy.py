"""Blocks of easy-to-read pages: one idea, one picture, short sentences."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from home.blocks.easy_pictures import EASY_PICTURES
from home.blocks.home_page import NEED_ICONS
from home.needs.numbers import LineBook
from portal.crisis.help_numbers import SUICIDE
from portal.crisis.models import HelpLine

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
    icon = blocks.ChoiceBlock(
        choices=[(_("Dessins"), EASY_PICTURES), (_("Icônes"), PICTOS)],
        default="p-talk",
        label=_("Dessin"),
    )
    text = blocks.RichTextBlock(
        features=["bold", "link"], label=_("Phrases"), help_text=ONE_SENTENCE_A_LINE
    )

    class Meta:
        icon = "pilcrow"
        label = _("Idée, avec un dessin")
        template = "blocks/home/easy_idea.html"
        description = _("Facile à lire : une idée, un dessin, des phrases courtes.")
        preview_value = {
            "icon": "p-home",
            "text": "<p>Le CMP est un lieu de soins.</p>"
            "<p>CMP veut dire : <b>centre médico-psychologique</b>.</p>",
        }


class EasyNumberBlock(blocks.StructBlock):
    """A number to call, read from the help lines: it is never typed in an easy text."""

    line = SnippetChooserBlock(HelpLine, label=_("Numéro d’aide"))
    text = blocks.RichTextBlock(
        features=["bold", "link"], label=_("Phrases"), help_text=ONE_SENTENCE_A_LINE
    )

    class Meta:
        icon = "mobile-alt"
        label = _("Numéro à appeler")
        template = "blocks/home/easy_number.html"
        description = _(
            "Facile à lire : qui appeler, avec le numéro tel que le portail le connaît."
        )
        preview_value: dict[str, Any] = {
            "line": None,
            "text": "<p>Vous pouvez parler à quelqu’un.</p>",
        }

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        page = (parent_context or {}).get("page")
        called = LineBook(page.locale_id).find(value["line"]) if page else None
        return context | {"called": called}


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
    ("easy_number", EasyNumberBlock()),
    ("easy_crisis", EasyCrisisBlock()),
]
