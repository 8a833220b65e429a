"""The forms of the first hour. Each writes only what the person changed on the screen."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.setup.models import FinessImport
from portal.base.models import PortalSettings
from portal.geo.models import Territory


class IdentityForm(forms.ModelForm):
    """Who holds the portal. Two people may fill it at once: neither loses what they wrote.

    What was shown comes back with the form: a field that this person left alone is not written,
    and one that another person changed meanwhile is refused, with the other's words.
    """

    class Meta:
        model = PortalSettings
        fields = ("site_name", "tagline", "operator", "contact_email", "contact_phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("operator", "contact_email"):
            self.fields[name].required = True
        for field in self.fields.values():
            field.show_hidden_initial = True

    def shown_values(self) -> list[str]:
        """The hidden inputs that tell what this screen showed when it was opened."""
        return [self[name].as_hidden(only_initial=True) for name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        now = PortalSettings.objects.filter(pk=self.instance.pk).values(*self.fields).first() or {}
        for name in self.changed_data:
            shown = self.data.get(self.add_initial_prefix(name), "")
            theirs, wanted = now.get(name, ""), cleaned.get(name)
            if theirs not in (shown, wanted):
                words = _(
                    "Une autre personne vient d’écrire « %(words)s ». Gardez-le ou changez-le."
                )
                self.add_error(name, words % {"words": theirs})
        return cleaned

    def save(self, commit: bool = True) -> PortalSettings:
        portal = PortalSettings.load()
        for name in self.changed_data:
            setattr(portal, name, self.cleaned_data[name])
        portal.save()
        return portal


class TerritoryForm(forms.Form):
    """One territory: its name, and the one that takes its communes when it is merged."""

    name = forms.CharField(label=gettext_lazy("Nom"), max_length=80)
    merged_into = forms.ModelChoiceField(
        label=gettext_lazy("Réunir avec"),
        queryset=Territory.objects.none(),
        required=False,
        empty_label=gettext_lazy("Rester seul"),
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"name": territory.name})
        super().__init__(*args, **kwargs)
        self.territory = territory
        others: Any = self.fields["merged_into"]
        others.queryset = Territory.objects.exclude(pk=territory.pk)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        others = Territory.objects.exclude(pk=self.territory.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError(_("Un autre territoire porte ce nom."))
        return name


class FinessFileForm(forms.Form):
    """« J’ai mon propre fichier »."""

    file = forms.FileField(
        label=gettext_lazy("Fichier FINESS"),
        help_text=gettext_lazy("Celui de toute la France, tel que téléchargé (.json.gz, .csv)."),
        error_messages={"required": gettext_lazy("Choisissez un fichier.")},
    )


class OpeningForm(forms.Form):
    """« Ouvrir »: what a person answers for, said once."""

    agreed = forms.BooleanField(
        label=gettext_lazy("J’ai regardé le portail comme le public, et il peut être montré."),
        error_messages={"required": gettext_lazy("Regardez d’abord le portail, puis cochez.")},
    )


class StartForRealForm(forms.Form):
    """A word typed by hand: what follows empties the demonstration."""

    word = forms.CharField(label=gettext_lazy("Écrivez le mot VIDER"), max_length=20)

    def clean_word(self) -> str:
        word = str(self.cleaned_data["word"]).strip().upper()
        if word != "VIDER":
            raise ValidationError(_("Rien n’a été enlevé. Écrivez le mot VIDER pour continuer."))
        return word


def latest_finess_import() -> FinessImport | None:
    return FinessImport.objects.select_related("run", "user").first()
