"""Forms of a referent: what readers see of them, closures, messages, departure."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.forms.error_summary import list_errors
from portal.forms.public_forms import INCOMPLETE_EMAIL, OneLineField, TrimmedEmailField
from portal.text.date_parser import parse_date_and_time
from resources.models import Closure, Notice, Referent
from resources.referents.services import ReferentChoices

_DAY = {"invalid": _("Ce jour n’existe pas. Exemple : 24/12/2026"), "required": _("Dites le jour.")}


class ReferentChoicesForm(forms.Form):
    """What readers may see of a referent: nothing unless a box is ticked."""

    role = OneLineField(
        label=_("Votre rôle"),
        help_text=_("Exemple : cadre de santé, animatrice. Jamais votre nom."),
        max_length=120,
        required=False,
    )
    shows_role = forms.BooleanField(label=_("Montrer mon rôle sur la fiche"), required=False)
    public_email = TrimmedEmailField(
        label=_("Une adresse e-mail générique"),
        help_text=_("Une boîte que plusieurs personnes lisent. Exemple : accueil@lieu.example"),
        error_messages={"invalid": INCOMPLETE_EMAIL},
        required=False,
    )
    shows_public_email = forms.BooleanField(
        label=_("Montrer cette adresse sur la fiche"), required=False
    )
    agrees_to_call = forms.BooleanField(
        label=_("Quand je partirai, la fiche pourra dire que la structure cherche un référent"),
        required=False,
    )

    def __init__(self, referent: Referent, data: Any = None) -> None:
        shown = {name: getattr(referent, name, None) for name in self.base_fields}
        shown["agrees_to_call"] = referent.entries.filter(agrees_to_call=True).exists()
        super().__init__(data, initial=shown, use_required_attribute=False)
        self.own_email = referent.email

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("shows_role") and not said.get("role"):
            self.add_error("role", _("Écrivez le rôle à montrer, ou décochez la case."))
        if said.get("shows_public_email") and "public_email" in said:
            self._check_address(said["public_email"])
        return said

    def _check_address(self, address: str) -> None:
        if not address:
            self.add_error("public_email", _("Écrivez l’adresse à montrer, ou décochez la case."))
        elif address.casefold() == self.own_email.casefold():
            words = _("C’est l’adresse où nous vous écrivons : donnez-en une que d’autres lisent.")
            self.add_error("public_email", words)

    @property
    def choices(self) -> ReferentChoices:
        return ReferentChoices(**self.cleaned_data)

    @property
    def error_items(self) -> list[dict[str, str]]:
        return list_errors(self)


class DayField(forms.DateField):
    """A day, from a calendar or typed as « 24/12/2026 »."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, error_messages=_DAY, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):  # a browser without a calendar
            value = parse_date_and_time(value)[0] or value
        return super().to_python(value)


class DatedForm(forms.Form):
    """A row of the entry that holds from one day to another."""

    since = DayField(label=_("Du"))

    def __init__(self, data: Any = None) -> None:
        # Two such forms stand on one page: their fields need two names.
        super().__init__(
            data,
            prefix=self.kind,
            initial={"since": timezone.localdate()},
            use_required_attribute=False,
        )

    kind = ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", _("La fin vient avant le début."))
        elif until and until < timezone.localdate():
            self.add_error("until", _("Ce jour est déjà passé."))
        return said

    @property
    def error_items(self) -> list[dict[str, str]]:
        return list_errors(self)


class ClosureForm(DatedForm):
    kind = "fermeture"
    until = DayField(
        label=_("Au (compris)"), required=False, help_text=_("Vide : jusqu’à nouvel ordre.")
    )
    message = OneLineField(
        label=_("Message"),
        max_length=160,
        required=False,
        help_text=_("Qui appeler pendant ce temps ?"),
    )

    def row(self) -> Closure:
        return Closure(**self.cleaned_data)


class NoticeForm(DatedForm):
    kind = "message"
    until = DayField(label=_("Au (compris)"))
    text = OneLineField(
        label=_("Message"),
        max_length=280,
        help_text=_("Exemple : « Le standard est en panne, écrivez-nous. »"),
        error_messages={"required": _("Écrivez le message.")},
    )

    def row(self) -> Notice:
        return Notice(**self.cleaned_data)


class LeavingForm(forms.Form):
    successor = TrimmedEmailField(
        label=_("L’adresse e-mail de la personne qui prend la suite"),
        help_text=_("Avec son accord. La coordination lui écrira, et ne la garde pas sinon."),
        error_messages={"invalid": INCOMPLETE_EMAIL},
        required=False,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)

    @property
    def error_items(self) -> list[dict[str, str]]:
        return list_errors(self)
