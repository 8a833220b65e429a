"""Forms of the team."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.team.services import ROLES
from portal.users.models import RoleKey, User


def role_choices() -> list[tuple[str, str]]:
    """Each role with its sentence below it."""
    return [
        (key, format_html("<span><strong>{}</strong><br>{}</span>", key.label, words))
        for key, words in ROLES.items()
    ]


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("Son adresse e-mail"),
        help_text=_(
            "Ni identifiant ni mot de passe : le message contient un lien, et chaque entrée "
            "un code."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Ce qu’elle ou il fera"),
        choices=role_choices,
        initial=RoleKey.REDACTION,
        widget=forms.RadioSelect,
    )


class MemberForm(forms.ModelForm):
    """The name that everybody sees, and the role."""

    role = forms.ChoiceField(label=_("Rôle"), choices=role_choices, widget=forms.RadioSelect)

    class Meta:
        model = User
        fields = ["first_name", "last_name"]
        labels = {"first_name": _("Prénom"), "last_name": _("Nom")}


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(
        label=_("À qui"),
        queryset=User.objects.none(),
        empty_label=_("Choisissez une personne"),
        help_text=_("Elle reçoit tout ce qui suit. Rien ne se perd, l’histoire garde les noms."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]
