"""Filter forms of the lists of news and events; an unknown value is named, never an error page."""

from typing import Any

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from portal.base.choices import Public
from portal.cache.held import held
from portal.forms.choice_fields import choice_field, get_choices
from portal.geo.models import Territory


class TerritoryFilterForm(forms.Form):
    territoire = forms.ChoiceField(
        label=_("Territoire"),
        required=False,
        error_messages={
            "invalid_choice": _("Ce territoire n’existe pas : choisissez-en un dans la liste.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        territories = held("territories", lambda: list(Territory.objects.all()))
        self._territories = {territory.slug: territory for territory in territories}
        choice_field(self, "territoire").choices = [
            ("", _("Tout le département")),
            *((slug, territory.name) for slug, territory in self._territories.items()),
        ]

    def clean_territoire(self) -> Territory | None:
        return self._territories.get(self.cleaned_data["territoire"])

    @property
    def chosen_labels(self) -> list[str]:
        """The filters at work, in words, for the title of the view."""
        names = [field.name for field in self.visible_fields() if self.cleaned_data.get(field.name)]
        return [str(dict(get_choices(self, name))[self.data[name]]) for name in names]

    @property
    def kept_query(self) -> str:
        """What the links to other pages of the list must keep of the address."""
        kept = {name: self.data[name] for name in self.fields if self.data.get(name)}
        return urlencode(kept)

    @property
    def is_filtering(self) -> bool:
        """Whether a choice narrows the list."""
        return any(self.cleaned_data.get(name) for name in ("territoire", "public"))


class AgendaFilterForm(TerritoryFilterForm):
    public = forms.ChoiceField(
        label=_("Pour qui"),
        required=False,
        choices=[("", _("Tous les publics")), *Public.choices],
        error_messages={
            "invalid_choice": _("Ce public n’est pas dans la liste : choisissez-en un.")
        },
    )
    quand = forms.ChoiceField(
        required=False,
        choices=[("", _("À venir")), ("passees", _("Passées"))],
        widget=forms.HiddenInput,
    )

    @property
    def shows_past(self) -> bool:
        return self.cleaned_data.get("quand") == "passees"
