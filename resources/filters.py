"""What a reader may ask of the directory, and what they meant by it."""

import re
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.base.vocabulary import Public
from portal.geo.models import Commune
from portal.geo.names import fold
from resources.models.resource_type import ResourceType

DISTANCES = [("", _("Tout le département"))] + [
    (str(km), _("Moins de %(km)s km") % {"km": km}) for km in (5, 10, 20, 50)
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
)
PUBLICS = [("", _("Tout le monde")), *((public.value, public.label) for public in OFFERED_PUBLICS)]
MOST_PLACES = 8
# Words that every sentence has: looking for them would find everything, or nothing.
_EMPTY_WORDS = frozenset(
    (
        "avec",
        "aux",
        "besoin",
        "chercher",
        "chez",
        "comment",
        "dans",
        "des",
        "est",
        "les",
        "mal",
        "mes",
        "moi",
        "mon",
        "nos",
        "notre",
        "par",
        "pas",
        "pour",
        "pres",
        "proche",
        "que",
        "quelqu",
        "quelque",
        "qui",
        "quoi",
        "sans",
        "ses",
        "son",
        "suis",
        "sur",
        "trouver",
        "une",
        "vos",
        "votre",
    )
)


class CodesInput(forms.TypedMultipleChoiceField):
    """Codes in any case: « CMP » and « cmp » are the same."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        return [code.strip().lower() for code in super().to_python(value)]

    def clean(self, value: Any) -> Any:
        """Several types in one link: those that no entry has do not hide the others."""
        known = [code for code in self.to_python(value) if self.valid_value(code)]
        return super().clean(known or value)


class DirectoryForm(forms.Form):
    """The parameters of ``/annuaire/``, as the mock-ups and other pages name them."""

    q = forms.CharField(
        label=_("Que cherchez-vous ?"),
        required=False,
        max_length=200,
        error_messages={
            "max_length": _("Ce texte est trop long : écrivez quelques mots."),
            "null_characters_not_allowed": _("Ce texte contient un caractère illisible."),
        },
    )
    ou = forms.CharField(
        label=_("Où ?"),
        required=False,
        max_length=100,
        error_messages={
            "max_length": _("Ce nom est trop long : écrivez une commune ou un code postal."),
            "null_characters_not_allowed": _("Ce texte contient un caractère illisible."),
        },
    )
    km = forms.ChoiceField(label=_("Distance"), required=False, choices=DISTANCES)
    pour = forms.ChoiceField(label=_("Pour qui ?"), required=False, choices=PUBLICS)
    gratuit = forms.BooleanField(label=_("Gratuit"), required=False)
    sansrdv = forms.BooleanField(label=_("Sans rendez-vous"), required=False)
    pmr = forms.BooleanField(label=_("Accessible en fauteuil"), required=False)
    type = CodesInput(label=_("Type de lieu"), required=False)

    def __init__(self, data: Any, types: list[ResourceType]) -> None:
        super().__init__(data, label_suffix="")
        self.fields["type"].choices = [(kind.query_code, kind.name) for kind in types]
        for name in ("km", "pour", "type"):
            self.fields[name].error_messages["invalid_choice"] = _("Ce filtre n’existe pas.")

    def asked(self, name: str) -> Any:
        """What was asked and understood; empty when it was not."""
        self.is_valid()
        return self.cleaned_data.get(name) or ([] if name == "type" else "")

    def as_typed(self, name: str) -> str:
        """What the reader wrote, to be written again in the field."""
        return (self.data.get(name) or "").replace("\0", "")[:200]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader looks: one commune, and those they may have meant instead."""

    commune: Commune | None = None
    others: list[Commune] = field(default_factory=list)

    @property
    def point(self) -> tuple[float, float] | None:
        if self.commune is None or self.commune.lat is None or self.commune.lon is None:
            return None
        return self.commune.lat, self.commune.lon


def find_place(text: str) -> Place:
    """The commune that ``text`` names; the most populous one when it names several.

    A postcode inside a longer text (« 13400 Aubagne ») is read when the text is no name.
    """
    if not text:
        return Place()
    communes = Commune.objects.in_department()
    found = list(communes.matching(text)[:40])
    postcode = re.search(r"\b\d{5}\b", text)
    if not found and postcode:
        found = list(communes.matching(postcode[0])[:40])
        named = [c for c in found if c.slug in fold(text)]
        found = named or found
    # A whole town steps aside for its arrondissements, which are nearer to the truth.
    towns = {commune.parent_id for commune in found}
    found = [commune for commune in found if commune.pk not in towns]
    found.sort(key=lambda commune: -(commune.population or 0))
    if not found:
        return Place()
    return Place(found[0], found[1 : 1 + MOST_PLACES])


def types_named(text: str, types: list[ResourceType]) -> list[ResourceType]:
    """The types that ``text`` names, whole: « cmp », « GEM », « hôpitaux de jour ».

    « cmp » also names the CMP for children, whose name begins with that word.
    """
    folded = fold(text)
    if not folded:
        return []
    return [kind for kind in types if folded in _names(kind)]


def words_of(text: str) -> str:
    """The words of ``text`` that are worth looking for."""
    words = fold(text).split("-")
    kept = [word for word in words if len(word) > 2 and word not in _EMPTY_WORDS]
    return " ".join(kept or words)


def _names(kind: ResourceType) -> set[str]:
    names = {fold(name) for name in (kind.code, kind.name, kind.plural, kind.full_name) if name}
    return {*names, fold(kind.name).split("-")[0]} if kind.name[:2].isupper() else names
