"""Blocks that lay out links, figures and tables."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock
from wagtail_localize.segments import StringSegmentValue

from portal.blocks.navigation import LinkBlock

__all__ = ["CARD_ICONS", "CardsBlock", "FiguresBlock", "LinksBlock", "TableBlock"]

CARD_ICONS = [
    ("go", _("flèche")),
    ("heart", _("cœur")),
    ("pin", _("repère")),
    ("people", _("personnes")),
    ("family", _("famille")),
    ("child", _("enfant")),
    ("home", _("maison")),
    ("brief", _("mallette")),
    ("compass", _("boussole")),
    ("chat", _("bulle")),
    ("phone", _("téléphone")),
    ("mail", _("enveloppe")),
    ("cal", _("calendrier")),
    ("doc", _("document")),
    ("book", _("livre")),
    ("law", _("balance")),
    ("info", _("information")),
]


class LinksBlock(blocks.StructBlock):
    look = blocks.ChoiceBlock(
        choices=[
            ("go", _("Liens avec une flèche")),
            ("buttons", _("Boutons : le premier est plein, les autres discrets")),
        ],
        default="go",
        label=_("Aspect"),
    )
    links = blocks.ListBlock(LinkBlock(), max_num=6, label=_("Liens"))

    class Meta:
        icon = "link"
        label = _("Liens")
        group = _("Liens et chiffres")
        template = "blocks/links.html"
        description = _("Où aller ensuite : un bouton, ou quelques liens.")
        preview_value = {
            "look": "buttons",
            "links": [{"label": "Chercher dans l’annuaire", "address": "/annuaire/"}],
        }


class CardBlock(blocks.StructBlock):
    icon = blocks.ChoiceBlock(choices=CARD_ICONS, default="go", label=_("Dessin"))
    link = LinkBlock(label=_("Où mène la carte"))
    text = blocks.CharBlock(required=False, max_length=160, label=_("Texte"))

    class Meta:
        icon = "link"
        label = _("Carte")


class CardsBlock(blocks.StructBlock):
    cards = blocks.ListBlock(CardBlock(), label=_("Cartes"))

    class Meta:
        icon = "grip"
        label = _("Cartes")
        group = _("Liens et chiffres")
        template = "blocks/cards.html"
        description = _("Des entrées vers d’autres pages, avec un dessin et une phrase.")
        preview_value = {
            "cards": [
                {
                    "icon": "pin",
                    "link": {"label": "Trouver mon CMP", "address": "/annuaire/?type=CMP"},
                    "text": "Le centre de soins public de votre quartier.",
                }
            ]
        }


class FigureBlock(blocks.StructBlock):
    value = blocks.CharBlock(max_length=20, label=_("Chiffre"), help_text=_("Avec son unité."))
    label = blocks.CharBlock(max_length=100, label=_("Ce qu’il compte"))

    class Meta:
        icon = "order"
        label = _("Chiffre")


class FiguresBlock(blocks.StructBlock):
    items = blocks.ListBlock(FigureBlock(), max_num=6, label=_("Chiffres"))
    source = blocks.CharBlock(
        max_length=160,
        label=_("Source et date"),
        help_text=_("Qui le dit, et quand : un chiffre sans source n’est pas publié."),
    )

    class Meta:
        icon = "order"
        label = _("Chiffres clés")
        group = _("Liens et chiffres")
        template = "blocks/figures.html"
        description = _("Quelques chiffres qui parlent, avec leur source.")
        preview_value = {
            "items": [
                {"value": "6", "label": "priorités"},
                {"value": "119", "label": "communes"},
            ],
            "source": "PTSM, janvier 2026",
        }


class TableBlock(WagtailTableBlock):
    """A plain table with a caption, whose first row names the columns.

    Its words are translated cell by cell.
    """

    def clean(self, value: dict[str, Any]) -> dict[str, Any]:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        if not (value.get("table_caption") or "").strip():
            raise ValidationError(_("Donnez un titre au tableau."))
        if not value.get("first_row_is_table_header"):
            raise ValidationError(
                _("Choisissez « la première ligne » comme en-tête : elle nomme les colonnes.")
            )
        head = value["data"][0] if value.get("data") else []
        if not head or any(not (cell or "").strip() for cell in head):
            raise ValidationError(_("Nommez chaque colonne dans la première ligne."))
        return value

    def get_context(
        self, value: dict[str, Any], parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        head, *rows = (value or {}).get("data") or [[]]
        context |= {"head": head, "rows": [row for row in rows if any(row)]}
        return context

    def render(self, value: dict[str, Any], context: dict[str, Any] | None = None) -> str:
        return blocks.FieldBlock.render(self, value, context)

    def get_translatable_segments(self, value: dict[str, Any]) -> list[StringSegmentValue]:
        """The caption and the cells, each at its own address."""
        cells = {
            f"{row}-{column}": cell
            for row, line in enumerate((value or {}).get("data") or [])
            for column, cell in enumerate(line)
        }
        words = {"caption": (value or {}).get("table_caption"), **cells}
        return [StringSegmentValue(path, text) for path, text in words.items() if text]

    def restore_translated_segments(
        self, value: dict[str, Any], segments: list[StringSegmentValue]
    ) -> dict[str, Any]:
        """The same table with the translated words in place."""
        table = {**value, "data": [list(line) for line in value["data"]]}
        for segment in segments:
            if segment.path == "caption":
                table["table_caption"] = segment.render_text()
            else:
                row, column = map(int, segment.path.split("-"))
                table["data"][row][column] = segment.render_text()
        return table

    class Meta:
        icon = "table"
        label = _("Tableau")
        group = _("Liens et chiffres")
        template = "blocks/table.html"
        description = _("Un tableau simple : un titre, et une première ligne qui nomme tout.")
        preview_value = {
            "table_caption": "Réunions de 2026",
            "table_header_choice": "row",
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "data": [["Instance", "Rythme"], ["Comité de pilotage", "Une fois par an"]],
        }
