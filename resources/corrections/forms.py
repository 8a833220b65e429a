"""Public forms: the report of an error, the proposal of a missing place."""

from copy import copy
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.forms.choice_fields import choice_field
from portal.forms.public_forms import INCOMPLETE_EMAIL, GuardedForm, OneLineField, TextField
from portal.mail.forms import AddressField
from resources.choices import ErrorSubject
from resources.corrections.commune_lookup import CommuneLookup
from resources.models import ResourceType
from resources.validators import readable_phone

MOST_CHARACTERS = 2000
_TOO_LONG = _("C’est trop long : %(show_value)s signes, %(limit_value)s au plus.")
_UNREADABLE = _("Ce texte contient un signe illisible.")


def _email_field() -> AddressField:
    return AddressField(
        label=_("Votre adresse e-mail"),
        required=False,
        help_text=_("Pour vous répondre. Elle est effacée trente jours après la réponse."),
        widget=forms.EmailInput(attrs={"data-wrong": INCOMPLETE_EMAIL}),
    )


def _text_field(label: Any, hint: Any, rows: int) -> TextField:
    return TextField(
        label=label,
        required=False,
        help_text=hint,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": _TOO_LONG, "null_characters_not_allowed": _UNREADABLE},
    )


def _line_field(label: Any, length: int, **kwargs: Any) -> OneLineField:
    words = {"max_length": _TOO_LONG, "null_characters_not_allowed": _UNREADABLE}
    words |= kwargs.pop("error_messages", {})
    return OneLineField(label=label, max_length=length, error_messages=words, **kwargs)


class ErrorReportForm(GuardedForm):
    """What is wrong in an entry; only « what » must be said."""

    about = forms.ChoiceField(
        label=_("Qu’est-ce qui ne va pas ?"),
        choices=ErrorSubject.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez ce qui ne va pas."),
            "invalid_choice": _("Choisissez dans la liste."),
        },
    )
    text = _text_field(
        _("Précisions"), _("Ce qui est faux et, si vous le savez, ce qui est juste."), 4
    )
    email = _email_field()

    visible_names = ("about", "text", "email")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_other = cleaned.get("about") == ErrorSubject.OTHER
        if is_other and "text" not in self.errors and not cleaned.get("text"):
            self.add_error("text", _("Dites ce qui ne va pas."))
        return cleaned


class ResourceTypeField(forms.ModelChoiceField):
    """The types of the directory, each in the language of the page when it has one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=ResourceType.objects.none(), to_field_name="code", **kwargs)

    def refresh(self) -> None:
        """Read the types anew: they are an editor's, and a form outlives none of them."""
        source = ResourceType.objects.in_source_language()
        self.queryset = source.order_by("order", "name")
        self.names = dict(
            ResourceType.objects.filter(locale__language_code=get_language()).values_list(
                "code", "name"
            )
        )

    def label_from_instance(self, kind: ResourceType) -> str:
        return self.names.get(kind.code, kind.name)


class ProposalForm(GuardedForm):
    """A place that the directory lacks: its name and its commune, and whatever else is known."""

    name = _line_field(
        _("Nom du lieu"), 160, error_messages={"required": _("Écrivez le nom du lieu.")}
    )
    kind = ResourceTypeField(
        label=_("Quel type de lieu ?"),
        required=False,
        empty_label=_("Je ne sais pas"),
        error_messages={"invalid_choice": _("Choisissez dans la liste.")},
    )
    commune = _line_field(
        _("Commune ou code postal"),
        90,
        help_text=_("Par exemple : Aubagne, ou 13400."),
        error_messages={"required": _("Écrivez la commune, ou son code postal.")},
    )
    commune_code = forms.ChoiceField(
        label=_("De quelle commune s’agit-il ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez la commune."),
            "invalid_choice": _("Choisissez la commune."),
        },
    )
    address = _line_field(
        _("Adresse"),
        200,
        required=False,
        help_text=_("Numéro et rue. Laissez vide si l’adresse doit rester secrète."),
    )
    phone = _line_field(_("Téléphone"), 40, required=False)
    website = forms.URLField(
        label=_("Site internet"),
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        error_messages={
            "invalid": _("Cette adresse de site n’est pas complète. Exemple : www.exemple.fr"),
            "max_length": _TOO_LONG,
        },
    )
    text = _text_field(
        _("Ce qu’on y trouve"), _("Pour qui, quand, à quel prix, comment y aller."), 5
    )
    is_from_structure = forms.BooleanField(label=_("J’y travaille"), required=False)
    email = _email_field()
    #: The look-alikes that were shown: whoever has seen them may send all the same.
    seen = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.refresh()
        self.asked = CommuneLookup(
            str(self.data.get("commune", "")), str(self.data.get("commune_code", ""))
        )
        if self.asked.choices:
            choice_field(self, "commune_code").choices = self.asked.choices
        else:
            del self.fields["commune_code"]

    @property
    def visible_names(self) -> tuple[str, ...]:  # type: ignore[override]
        """The communes among which to choose come when several have the name."""
        which = ("commune_code",) if "commune_code" in self.fields else ()
        rest = ("address", "phone", "website", "text", "is_from_structure", "email")
        return ("name", "kind", "commune", *which, *rest)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_address(self) -> str:
        return " ".join(self.cleaned_data["address"].split())

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        return readable_phone(phone) if phone else ""

    def show(self, names: str) -> None:
        """Remember that these look-alikes are shown; see ``similar_entries_token``."""
        data: Any = copy(self.data)
        data["seen"] = names
        self.data = data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "commune" in cleaned and (why := self.asked.mistake):
            self.add_error("commune", why)
        cleaned["commune"] = self.asked.commune
        return cleaned
