"""What a reader may ask of the directory: the parameters of its address, and what they mean."""

import math
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.base.choices import Public
from portal.forms.choice_fields import choice_field
from resources.choices import AgeGroup, SpokenLanguage
from search.contracts import DISTANCES, SearchFilters, SearchScope

#: How much of a question is kept in its field, and how much is read for words of danger.
LONGEST_SHOWN = 200
LONGEST_READ = 2000
LONGEST_PLACE = 100
MOST_TYPES = 60
ANYWHERE = _("Tout le département")
KILOMETRES = [("", ANYWHERE)] + [
    (str(km), _("Moins de %(km)s km") % {"km": km}) for km in DISTANCES
]
#: The publics that a reader recognises; the others stay facts of the entries.
OFFERED_PUBLICS = (
    Public.ADULTES,
    Public.ENFANTS,
    Public.ADOLESCENTS,
    Public.ETUDIANTS,
    Public.PERSONNES_AGEES,
    Public.PARENTS,
    Public.PROCHES,
    Public.PROFESSIONNELS,
    Public.PRECARITE,
)
#: The boxes to tick, by the code that documents carry; « ouvert » depends on the hour.
PRACTICAL = {
    "gratuit": "gratuit",
    "sansrdv": "sansrdv",
    "pmr": "pmr",
    "adistance": "distance",
}
BOXES = ("gratuit", "sansrdv", "ouvert", "pmr", "adistance")


class CodesInput(forms.TypedMultipleChoiceField):
    """Codes in any case: « CMP » and « cmp » are the same."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        codes = dict.fromkeys(code.strip().lower() for code in super().to_python(value))
        return list(codes)[:MOST_TYPES]

    def clean(self, value: Any) -> Any:
        """Several types in one link: those that no entry has do not hide the others."""
        known = [code for code in self.to_python(value) if self.valid_value(code)]
        return super().clean(known or value)


class PointInput(forms.CharField):
    """« 43.29,5.57 »: where the reader stands, to a hundred metres; anything else is refused."""

    def clean(self, value: Any) -> tuple[float, float] | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            lat, lon = (float(number) for number in text.split(","))
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"]) from None
        if not (math.isfinite(lat) and abs(lat) <= 90 and math.isfinite(lon) and abs(lon) <= 180):
            raise forms.ValidationError(self.error_messages["invalid"])
        return round(lat, 3), round(lon, 3)


class DirectoryForm(forms.Form):
    """The parameters of ``/annuaire/``, as the mock-ups and other pages name them."""

    q = forms.CharField(label=_("Que cherchez-vous ?"), required=False)
    ou = forms.CharField(label=_("Où ?"), required=False)
    pres = PointInput(
        label=_("Près de moi"),
        required=False,
        error_messages={"invalid": _("Votre position n’a pas été comprise : dites plutôt où.")},
    )
    dans = forms.ChoiceField(label=_("Chercher dans"), required=False)
    km = forms.ChoiceField(label=_("Distance"), required=False, choices=KILOMETRES)
    pour = forms.ChoiceField(label=_("Pour qui ?"), required=False, choices=Public.choices)
    age = forms.ChoiceField(label=_("Âge"), required=False, choices=AgeGroup.choices)
    langue = forms.ChoiceField(
        label=_("Langue parlée"), required=False, choices=SpokenLanguage.choices
    )
    gratuit = forms.BooleanField(label=_("Gratuit"), required=False)
    sansrdv = forms.BooleanField(label=_("Sans rendez-vous"), required=False)
    ouvert = forms.BooleanField(label=_("Ouvert maintenant"), required=False)
    pmr = forms.BooleanField(label=_("Accessible en fauteuil"), required=False)
    adistance = forms.BooleanField(label=_("À distance"), required=False)
    type = CodesInput(label=_("Type de lieu"), required=False)

    def __init__(self, data: Any, types: list[tuple[str, str]]) -> None:
        """``types`` are the codes that an address may hold, each with its name."""
        super().__init__(data, label_suffix="")
        choice_field(self, "type").choices = types
        choice_field(self, "dans").choices = [(scope.value, scope.value) for scope in SearchScope]
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = _("Ce filtre n’existe pas.")

    def clean_q(self) -> str:
        return self.cleaned_data["q"][:LONGEST_READ]

    def clean_ou(self) -> str:
        return self.cleaned_data["ou"][:LONGEST_PLACE]

    def asked(self, name: str) -> Any:
        """What was asked and understood; empty when it was not."""
        self.is_valid()
        return self.cleaned_data.get(name) or ([] if name == "type" else "")

    def is_too_long(self) -> bool:
        return len(self.asked("q")) > LONGEST_SHOWN

    @property
    def filters(self) -> SearchFilters:
        """What was ticked, as the search understands it."""
        return SearchFilters(
            types=tuple(code.upper() for code in self.asked("type")),
            public=self.asked("pour"),
            age=self.asked("age"),
            km=int(self.asked("km")) if self.asked("km") else None,
            practical=tuple(code for name, code in PRACTICAL.items() if self.asked(name)),
            language=self.asked("langue"),
            open_now=bool(self.asked("ouvert")),
        )

    @property
    def scope(self) -> SearchScope:
        return SearchScope(self.asked("dans") or SearchScope.ALL)
