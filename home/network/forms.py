"""The form of a message: to whom, and what."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.network.models import LONGEST_TEXT, Audience, NetworkMessage
from portal.geo.models import Territory
from resources.models import ResourceType

TRANSLATED = False


class NetworkMessageForm(forms.ModelForm):
    who = forms.MultipleChoiceField(
        label=gettext_lazy("À qui"),
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Cochez au moins une ligne.")},
    )
    types = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Seulement ces types de lieux"),
        queryset=ResourceType.objects.none(),
        required=False,
        help_text=gettext_lazy("Aucun choisi : tous."),
        widget=forms.CheckboxSelectMultiple,
    )
    territories = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Seulement ces territoires"),
        queryset=Territory.objects.all(),
        required=False,
        help_text=gettext_lazy("Aucun choisi : tout le département."),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = NetworkMessage
        fields = ["subject", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 12})}
        help_texts = {
            "subject": gettext_lazy("Le nom du portail vient devant."),
            "text": gettext_lazy(
                "Du texte simple. Les réponses arrivent à l’adresse générique du PTSM ; un lien au "
                "bas permet de ne plus recevoir ces messages."
            ),
        }
        error_messages = {
            "subject": {"required": gettext_lazy("Écrivez l’objet.")},
            "text": {"required": gettext_lazy("Écrivez le message.")},
        }

    field_order = ["who", "types", "territories", "subject", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = ResourceType.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        self.fields["types"].queryset = types.order_by("name")  # type: ignore[attr-defined]
        audience = self.instance.audience
        for name in ("who", "types", "territories"):
            self.fields[name].initial = audience.get(name, [])

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        if len(text) > LONGEST_TEXT:
            words = _("C’est trop long : %(count)s signes de trop.")
            raise forms.ValidationError(words % {"count": len(text) - LONGEST_TEXT})
        return text

    def save(self, commit: bool = True) -> NetworkMessage:
        data = self.cleaned_data
        self.instance.audience = {
            "who": data["who"],
            "types": [one.pk for one in data["types"]],
            "territories": [one.pk for one in data["territories"]],
        }
        return super().save(commit)  # type: ignore[no-any-return]
