"""Form of « Quel est mon CMP ? »: a place and an age."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.geo.place_field import PlaceField, read_typed

OLDEST = 120


class AgeField(forms.IntegerField):
    """« 15 », « 15 ans », « 8 mois »."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip().lower()
        said = re.fullmatch(r"(\d{1,3})\s*(ans?|mois)?\.?", text, re.ASCII)
        if text and said is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if said and said[2] == "mois":
            return int(said[1]) // 12
        return super().to_python(said[1] if said else "")


class FinderForm(forms.Form):
    """The parameters of the page: a place, and the age of who needs care."""

    ou = PlaceField(
        label=_("Commune ou arrondissement"),
        help_text=_("Un nom ou un code postal. Il n’est pas gardé."),
    )
    age = AgeField(
        label=_("Âge de la personne"),
        help_text=_("Sans âge, nous donnons les CMP pour adultes et pour enfants."),
        required=False,
        min_value=0,
        max_value=OLDEST,
        error_messages={
            "invalid": _("Écrivez un âge en chiffres, par exemple 34."),
            "min_value": _("Écrivez un âge en chiffres, par exemple 34."),
            "max_value": _("Écrivez un âge en chiffres, par exemple 34."),
        },
    )

    def __init__(self, data: Any) -> None:
        self.is_sent = "ou" in data
        super().__init__(read_typed(data, "ou", "age"), label_suffix="")
        self.fields["ou"].widget.attrs |= {
            "data-focus-script": static("portal/js/autocomplete.js"),
            "data-suggestions": f"{reverse('search_suggestions')}?ou=",
            "data-suggestions-label": gettext("Communes proposées"),
        }
        for name in ("ou", "age"):
            attributes = self.fields[name].widget.attrs
            attributes["aria-describedby"] = f"id_{name}_helptext id_{name}_error"
            if self.errors.get(name):
                attributes["aria-invalid"] = "true"
                attributes["autofocus"] = ""
        self.fields["age"].widget.attrs["inputmode"] = "numeric"

    def clean_ou(self) -> str:
        where: str = self.cleaned_data["ou"]
        if self.is_sent and not where:
            raise ValidationError(_("Écrivez votre commune, ou son code postal."))
        return where
