"""Viewset of the lexicon of the search."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from portal.base.editor_forms import EditorForm
from search.models import LexiconEntry
from search.understanding import type_choices
from search.understanding.practical import LABELS, LANGUAGE_LABELS

NO_LANGUAGE = [("", "---------")]


def practical_choices() -> Iterator[tuple[str, Any]]:
    """What places are ticked with; being open now is no lasting trait."""
    return ((code, label) for code, label in LABELS.items() if code != "ouvert")


class LexiconForm(EditorForm):
    """Codes are chosen by their names; one that is no longer in use stays until unticked."""

    types = forms.MultipleChoiceField(
        label=_("Proposer d’abord ces types de lieux"),
        help_text=LexiconEntry._meta.get_field("types").help_text,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    practical = forms.MultipleChoiceField(
        label=_("En pratique"),
        help_text=_("Cochez ce que ces mots demandent : seuls les lieux qui l’offrent restent."),
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: list(practical_choices()),
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Langue parlée"),
        choices=lambda: [*NO_LANGUAGE, *LANGUAGE_LABELS.items()],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = type_choices()
        known = {code for code, _label in choices}
        gone = [(code, code) for code in self.instance.types if code not in known]
        types = cast(forms.MultipleChoiceField, self.fields["types"])
        types.choices = [*choices, *gone]


class LexiconCreateView(CreateView):
    """A new entry; another screen may give its words (``?phrases=``)."""

    def get_initial_form_instance(self) -> LexiconEntry:
        words = self.request.GET.get("phrases", "").replace("\0", "")[:200].strip()
        return LexiconEntry(name=words[:80].capitalize(), phrases=words)


class LexiconViewSet(SnippetViewSet):
    model = LexiconEntry
    icon = "search"
    menu_label = _("Mots pour chercher")
    menu_hook = "register_content_menu_item"
    menu_order = 520
    list_display = ["name", "is_name", "public", "is_active"]
    list_filter = ["is_name", "public", "is_active"]
    list_per_page = 50
    ordering = ["name"]
    add_view_class = LexiconCreateView
    edit_handler = ObjectList(
        [
            HelpPanel(
                _(
                    "Le portail connaît déjà les noms et les sigles de l’annuaire. Ajoutez ici les "
                    "mots des gens d’ici. Un changement compte dès qu’il est enregistré."
                )
            ),
            FieldRowPanel([FieldPanel("name"), FieldPanel("is_active")]),
            FieldPanel("phrases"),
            MultiFieldPanel(
                [
                    FieldPanel("types"),
                    FieldPanel("is_name"),
                    FieldPanel("synonyms"),
                    FieldPanel("promoted_page"),
                ],
                heading=_("Ce qu’on cherche alors"),
            ),
            MultiFieldPanel(
                [FieldPanel("public"), FieldPanel("practical"), FieldPanel("language")],
                heading=_("Ce que ces mots disent aussi"),
            ),
        ],
        base_form_class=LexiconForm,
    )
