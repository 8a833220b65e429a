"""Text blocks: headings, paragraphs, notes, quotes."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.rich_text import RichText

__all__ = [
    "TEXT_FEATURES",
    "FoldBlock",
    "HeadingBlock",
    "NoteBlock",
    "ParagraphBlock",
    "QuoteBlock",
    "StepsBlock",
    "SubheadingBlock",
]

# Titles have their own block, so that no level is skipped unseen.
TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_FEATURES = ["bold", "italic", "link", "document-link"]

# Names that the frame of the page already gives.
FRAME_ANCHORS = {"contenu", "menu", "q", "ou", "filters", "map"}


class HeadingBlock(blocks.CharBlock):
    """A heading of the second level, since the page's title is the first, with its anchor."""

    level = 2

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        super().__init__(**kwargs)

    def get_context(self, value: str, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "level": self.level, "anchor": self.anchor(value)}

    @staticmethod
    def anchor(text: str) -> str:
        """The fragment that leads to this heading: « #qui-decide »."""
        anchor = slugify(text)
        return f"partie-{anchor}" if not anchor or anchor in FRAME_ANCHORS else anchor

    class Meta:
        icon = "title"
        label = _("Titre")
        group = _("Texte")
        template = "blocks/heading.html"
        description = _("Un titre de partie, court. Le texte vient dessous.")
        preview_value = "Comment prendre rendez-vous ?"


class SubheadingBlock(HeadingBlock):
    """A heading of the third level, inside a part."""

    level = 3

    class Meta:
        icon = "title"
        label = _("Sous-titre")
        description = _("Un titre dans une partie, toujours après un titre.")
        preview_value = "Le premier rendez-vous"


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Texte")
        group = _("Texte")
        template = "blocks/paragraph.html"
        description = _("Des phrases courtes, des listes, des liens.")
        preview_value = (
            "<p>Un CMP est un lieu public et gratuit.</p>"
            "<ul><li>On y parle à des soignants.</li><li>On rentre chez soi après.</li></ul>"
        )


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(max_length=500, label=_("Paroles"))
    who = blocks.CharBlock(
        required=False,
        max_length=80,
        label=_("Qui parle"),
        help_text=_("Un rôle ou un prénom, avec l’accord de la personne."),
    )
    source = blocks.CharBlock(required=False, max_length=120, label=_("D’où viennent ces paroles"))

    class Meta:
        icon = "openquote"
        label = _("Citation")
        group = _("Texte")
        template = "blocks/quote.html"
        description = _("Les paroles d’une personne, telles quelles.")
        preview_value = {"text": "Au GEM, on vient quand on veut.", "who": "Un membre"}


class NoteBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        choices=[
            ("info", _("À savoir")),
            ("warning", _("Attention")),
            ("crisis", _("Aide maintenant : seulement pour dire qui appeler")),
        ],
        default="info",
        label=_("Sorte"),
    )
    title = blocks.CharBlock(required=False, max_length=100, label=_("Titre"))
    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Texte"))

    class Meta:
        icon = "info-circle"
        label = _("Encadré")
        group = _("Texte")
        template = "blocks/note.html"
        description = _("Un message court à ne pas manquer.")
        preview_value = {
            "kind": "info",
            "title": "Ce n’est pas urgent, mais ça ne va pas ?",
            "text": "<p>Un CMP peut vous recevoir gratuitement.</p>",
        }


class StepValue(blocks.StructValue):
    @property
    def body(self) -> RichText:
        return self["text"]


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False, max_length=100, label=_("Titre"))
    text = blocks.RichTextBlock(features=SHORT_FEATURES, label=_("Texte"))

    class Meta:
        icon = "order"
        label = _("Étape")
        value_class = StepValue


class StepsBlock(blocks.StructBlock):
    items = blocks.ListBlock(StepBlock(), min_num=2, label=_("Étapes"))

    class Meta:
        icon = "list-ol"
        label = _("Étapes")
        group = _("Texte")
        template = "blocks/steps.html"
        description = _("Ce qui se passe, dans l’ordre.")
        preview_value = {
            "items": [
                {"title": "Vous appelez.", "text": "<p>Pas besoin d’ordonnance.</p>"},
                {"title": "", "text": "<p>Un infirmier vous reçoit.</p>"},
            ]
        }


class FoldBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120, label=_("Titre ou question"))
    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Texte"))

    class Meta:
        icon = "collapse-down"
        label = _("Repli")
        group = _("Texte")
        template = "blocks/disclosure.html"
        description = _("Une question, et sa réponse qui s’ouvre. Rien d’essentiel n’y est caché.")
        preview_value = {
            "title": "Faut-il une ordonnance ?",
            "text": "<p>Non. Vous pouvez appeler directement.</p>",
        }
        label_format = "{title}"
