"""The forms and the filters of the list of subscribers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

import django_filters

from newsletter.models import Subscriber, Topic
from portal.geo.models import Territory
from portal.mail.forms import AddressField


class AddSubscriberForm(forms.ModelForm):
    """Somebody who agreed elsewhere: the proof is not optional."""

    address = AddressField(label=_("Adresse e-mail"))
    proof = forms.CharField(
        label=_("Preuve de l’accord"),
        max_length=Subscriber._meta.get_field("proof").max_length,
        help_text=Subscriber._meta.get_field("proof").help_text,
        error_messages={"required": _("Dites où et quand la personne a donné son accord.")},
    )
    field_order = ("address", "proof", "topics", "territory")

    class Meta:
        model = Subscriber
        fields = ("topics", "territory", "proof")
        widgets = {"topics": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["territory"].empty_label = _("Tout le département")  # type: ignore[attr-defined]


class SubscriberFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("État"),
        choices=Subscriber.State.choices,
        widget=forms.RadioSelect,
        empty_label=_("Tous"),
    )
    topics = django_filters.ModelChoiceFilter(
        label=_("Sujet choisi"), queryset=Topic.objects.all(), empty_label=_("Tous")
    )
    territory = django_filters.ModelChoiceFilter(
        label=_("Territoire choisi"), queryset=Territory.objects.all(), empty_label=_("Tous")
    )
    origin = django_filters.ChoiceFilter(
        label=_("Origine"),
        choices=Subscriber.Origin.choices,
        widget=forms.RadioSelect,
        empty_label=_("Toutes"),
    )
    consented_at = django_filters.DateFromToRangeFilter(
        label=_("Accord donné"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Subscriber
        fields: list[str] = []
