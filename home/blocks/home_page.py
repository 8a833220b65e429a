"""The home page's sections."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.models import Locale

from home.page_content import latest_news, next_events
from home.roadmap_figures import roadmap_figures
from portal.blocks import BODY_BLOCKS, LinkBlock

# Names of symbols in icons.svg.
NEED_ICONS = [
    ("life", _("bouée")),
    ("heart", _("cœur")),
    ("pin", _("repère")),
    ("people", _("personnes")),
    ("group", _("groupe")),
    ("hand", _("main")),
    ("book", _("livre")),
    ("child", _("enfant")),
    ("home", _("maison")),
    ("brief", _("mallette")),
    ("compass", _("boussole")),
    ("search", _("loupe")),
    ("chat", _("bulle")),
    ("phone", _("téléphone")),
    ("doc", _("document")),
]


class HeroBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=90, label=_("Titre"))
    lede = blocks.TextBlock(max_length=280, label=_("Phrase d’accueil"), rows=2)
    search_what = blocks.CharBlock(
        required=False,
        max_length=60,
        default="Ex. : parler, CMP, GEM…",
        label=_("Exemple dans « Que cherchez-vous ? »"),
    )

    class Meta:
        icon = "home"
        label = _("Ouverture")
        template = "blocks/home/hero.html"
        description = _("Le titre de l’accueil, une phrase, et la recherche « quoi » et « où ».")
        preview_value = {
            "title": "Trouver de l’aide, près de chez vous",
            "lede": "Pour vous, pour un proche ou pour votre métier.",
            "search_what": "Ex. : parler, CMP, GEM…",
        }


class NeedBlock(blocks.StructBlock):
    icon = blocks.ChoiceBlock(choices=NEED_ICONS, label=_("Dessin"))
    link = LinkBlock(label=_("Lien"))
    text = blocks.CharBlock(max_length=140, label=_("Une phrase simple"))
    is_crisis = blocks.BooleanBlock(
        required=False,
        label=_("Aide maintenant"),
        help_text=_("En rouge : seulement pour une personne qui va mal maintenant."),
    )

    class Meta:
        icon = "help"
        label = _("Besoin")


class NeedsBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=90, default="De quoi avez-vous besoin ?", label=_("Titre"))
    needs = blocks.ListBlock(NeedBlock(), min_num=1, max_num=12, label=_("Besoins"))

    class Meta:
        icon = "list-ul"
        label = _("Entrées par besoin")
        template = "blocks/home/needs.html"
        description = _("Des entrées dites avec les mots des personnes, chacune avec un dessin.")
        preview_value = {
            "title": "De quoi avez-vous besoin ?",
            "needs": [
                {
                    "icon": "life",
                    "link": {"label": "Je vais mal", "address": "/aide/"},
                    "text": "Parler à quelqu’un maintenant.",
                    "is_crisis": True,
                },
                {
                    "icon": "heart",
                    "link": {"label": "Un proche m’inquiète", "address": "/annuaire/"},
                    "text": "Quoi dire, qui appeler, où souffler aussi.",
                },
            ],
        }


class PtsmBlock(blocks.StructBlock):
    over = blocks.CharBlock(
        required=False,
        max_length=90,
        default="Le PTSM, projet territorial de santé mentale",
        label=_("Au-dessus du titre"),
    )
    title = blocks.CharBlock(
        max_length=90, default="Un projet commun, en trois phrases", label=_("Titre")
    )
    text = blocks.TextBlock(max_length=600, label=_("Trois phrases"), rows=4)
    link = LinkBlock(label=_("Bouton"))

    class Meta:
        icon = "tasks"
        label = _("Le PTSM et ses priorités")
        template = "blocks/home/ptsm.html"
        description = _(
            "Le PTSM en trois phrases. Les priorités et leur avancement sont calculés d’après "
            "les fiches-actions."
        )
        preview_value = {
            "over": "Le PTSM, projet territorial de santé mentale",
            "title": "Un projet commun, en trois phrases",
            "text": "Soignants, associations, communes et personnes concernées travaillent "
            "ensemble.",
            "link": {"label": "Comprendre le PTSM", "address": "/ptsm/"},
        }

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        known = roadmap_figures(_locale_id(parent_context))
        return context | {
            "priorities": known.priorities,
            "progress": known.progress,
            "for_all": known.for_all_sentence,
        }


class LatestBlock(blocks.StructBlock):
    agenda_title = blocks.CharBlock(max_length=60, default="Agenda", label=_("Titre de l’agenda"))
    agenda_link = LinkBlock(label=_("Lien vers l’agenda"))
    news_title = blocks.CharBlock(
        max_length=60, default="Nouvelles", label=_("Titre des actualités")
    )
    news_link = LinkBlock(label=_("Lien vers les actualités"))

    class Meta:
        icon = "date"
        label = _("Agenda et actualités")
        template = "blocks/home/latest.html"
        description = _(
            "Les trois prochaines dates et les dernières actualités, mises à jour seules."
        )
        preview_value = {
            "agenda_title": "Agenda",
            "agenda_link": {"label": "Tout l’agenda", "address": "/agenda/"},
            "news_title": "Nouvelles",
            "news_link": {"label": "Toutes les actualités", "address": "/actualites/"},
        }

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        locale_id = _locale_id(parent_context)
        return context | {"events": next_events(locale_id), "news": latest_news(locale_id)}


class LetterBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=60, default="La lettre du PTSM", label=_("Titre"))
    text = blocks.TextBlock(max_length=300, label=_("Ce qu’on y trouve"), rows=3)
    link = LinkBlock(label=_("Lien"))

    class Meta:
        icon = "mail"
        label = _("La lettre")
        template = "blocks/home/letter.html"
        description = _("Ce qu’est la lettre, et où la lire.")
        preview_value = {
            "title": "La lettre du PTSM",
            "text": "Les nouveautés du département, en mots simples.",
            "link": {"label": "Lire la lettre", "address": "/lettre/"},
        }


class FreeBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=90, label=_("Titre"))
    body = blocks.StreamBlock(BODY_BLOCKS, label=_("Contenu"))
    is_sand = blocks.BooleanBlock(required=False, label=_("Fond de sable"))

    class Meta:
        icon = "doc-full"
        label = _("Autre section")
        template = "blocks/home/free.html"
        description = _("Une section libre : un titre et le contenu de votre choix.")
        preview_value = {"title": "À savoir", "body": []}


def _locale_id(parent_context: dict | None) -> int:
    """The language of the page that holds the block; in a preview, the active one."""
    page = (parent_context or {}).get("page")
    return page.locale_id if page else Locale.get_active().pk


HOME_BLOCKS = [
    ("hero", HeroBlock()),
    ("needs", NeedsBlock()),
    ("ptsm", PtsmBlock()),
    ("latest", LatestBlock()),
    ("letter", LetterBlock()),
    ("free", FreeBlock()),
]
