"""Blocks of the pages of need: what to do, whom else to call, where to go, what to say."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from home.needs.numbers import CalledLine, LineBook
from portal.blocks import LinkBlock, LinksBlock, NoteBlock, ParagraphBlock
from portal.blocks.text import TEXT_FEATURES
from portal.crisis.models import HelpLine
from resources.models import ResourceType

_HOW_TO_SPEAK = _("Des phrases courtes, « vous ». « Tu » seulement quand on parle à un enfant.")


class NeedStepBlock(blocks.StructBlock):
    """One thing to do now."""

    title = blocks.CharBlock(
        max_length=100,
        label=_("Le geste"),
        help_text=_("En gras, avec son point : « Dites ce que vous voyez. »"),
    )
    text = blocks.CharBlock(
        required=False, max_length=240, label=_("Comment"), help_text=_HOW_TO_SPEAK
    )

    class Meta:
        icon = "order"
        label = _("Geste")
        label_format = "{title}"


class NeedStepsBlock(blocks.StructBlock):
    items = blocks.ListBlock(NeedStepBlock(), min_num=1, max_num=7, label=_("Gestes"))

    class Meta:
        icon = "list-ol"
        label = _("Ce qu’on peut faire maintenant")
        template = "blocks/home/need_steps.html"
        description = _("Trois à cinq gestes, du plus urgent au moins urgent.")
        preview_value = {
            "items": [
                {"title": "Dites ce que vous voyez.", "text": "« Je m’inquiète pour toi. »"},
                {"title": "Écoutez sans corriger.", "text": "Rester là aide déjà."},
            ]
        }


class HelpLinesBlock(blocks.StructBlock):
    """Other numbers, read from the help lines: never typed here."""

    title = blocks.CharBlock(max_length=90, label=_("Titre"))
    lines = blocks.ListBlock(
        SnippetChooserBlock(HelpLine, label=_("Numéro d’aide")), min_num=1, label=_("Numéros")
    )

    class Meta:
        icon = "help"
        label = _("Autres numéros")
        template = "blocks/home/help_lines.html"
        description = _(
            "Des numéros d’aide et leurs horaires, tels que le portail les connaît aujourd’hui."
        )
        preview_value: dict[str, Any] = {"title": "Un toit, un enfant", "lines": []}

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        page = (parent_context or {}).get("page")
        return context | {"called": _called(value["lines"], page)}


def _called(lines: Any, page: Any) -> list[CalledLine]:
    """The lines as readers may see them, those that are closed now last."""
    if page is None:
        return []
    book: LineBook = page.line_book
    found = [called for line in lines if (called := book.find(line))]
    return sorted(found, key=lambda called: called.is_closed)


class QuestionBlock(blocks.StructBlock):
    """A question whose answers are links: no form, nothing is sent."""

    question = blocks.CharBlock(max_length=120, label=_("Question"))
    answers = blocks.ListBlock(LinkBlock(), min_num=2, label=_("Réponses"))

    class Meta:
        icon = "help"
        label = _("Question")
        template = "blocks/home/question.html"
        description = _("Une question simple et ses réponses, qui mènent chacune à une page.")
        preview_value = {
            "question": "Pour qui cherchez-vous ?",
            "answers": [
                {"label": "Pour moi", "address": "/je-vais-mal/"},
                {"label": "Pour un proche", "address": "/un-proche-m-inquiete/"},
            ],
        }
        label_format = "{question}"


def type_choices() -> list[tuple[str, str]]:
    """The types of places, for editors."""
    kinds = ResourceType.objects.in_source_language()
    return list(kinds.values_list("code", "name"))


class DoorsBlock(blocks.StructBlock):
    types = blocks.ListBlock(
        blocks.ChoiceBlock(choices=type_choices, label=_("Type de lieu")),
        min_num=1,
        max_num=12,
        label=_("Types de lieux"),
        help_text=_("Du plus utile au moins utile : les premiers sont montrés d’abord."),
    )
    age = blocks.IntegerBlock(
        required=False,
        min_value=0,
        max_value=120,
        label=_("Âge de la personne"),
        help_text=_("Par exemple 8 ou 15 : un lieu qui ne reçoit pas cet âge n’est pas montré."),
    )
    text = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("Une phrase"),
        help_text=_("Ce que ces lieux font, ou ce qu’il faut leur demander."),
    )

    class Meta:
        icon = "site"
        label = _("Lieux près de chez la personne")
        description = _(
            "Deux ou trois lieux de l’annuaire pour la commune donnée. Ils sont calculés, "
            "jamais écrits. Une fiche d’exemple n’y paraît pas."
        )
        preview_value: dict[str, Any] = {"types": [], "text": ""}


class SayBlock(blocks.StructBlock):
    words = blocks.TextBlock(
        max_length=400,
        rows=3,
        label=_("Ce que l’on peut dire"),
        help_text=_("Comme on parle, entre guillemets."),
    )
    points = blocks.ListBlock(
        blocks.CharBlock(max_length=120, label=_("À dire aussi")),
        label=_("Ce qu’il est utile de dire"),
        default=[],
    )
    reassurance = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("Une phrase qui rassure"),
        help_text=_("Par exemple : « Vous n’êtes pas obligé de dire votre nom. »"),
    )

    class Meta:
        icon = "openquote"
        label = _("Quoi dire au téléphone")
        template = "blocks/home/say.html"
        description = _("Une phrase toute prête : elle aide à composer le numéro.")
        preview_value = {
            "words": "« Bonjour, je m’inquiète pour mon frère. Que puis-je faire ? »",
            "points": ["Son âge, sa commune."],
            "reassurance": "",
        }


class MoreBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120, label=_("Titre ou question"))
    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Texte"), help_text=_HOW_TO_SPEAK)

    class Meta:
        icon = "collapse-down"
        label = _("Repli")
        template = "blocks/disclosure.html"
        description = _("Une question, et sa réponse qui s’ouvre. Rien d’urgent n’y est caché.")
        preview_value = {"title": "Et vous, comment allez-vous ?", "text": "<p>Soufflez.</p>"}
        label_format = "{title}"


NOW_BLOCKS = [
    ("steps", NeedStepsBlock()),
    ("question", QuestionBlock()),
    ("lines", HelpLinesBlock()),
    ("note", NoteBlock()),
]
DOORS_BLOCKS = [("doors", DoorsBlock())]
SAY_BLOCKS = [("say", SayBlock())]
MORE_BLOCKS = [
    ("fold", MoreBlock()),
    ("paragraph", ParagraphBlock()),
    ("links", LinksBlock()),
    ("lines", HelpLinesBlock()),
]
