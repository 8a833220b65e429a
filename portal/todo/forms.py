"""The forms of the list: until when a thing waits, which messages one receives."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dateutil.relativedelta import MO, relativedelta

from portal.text.date_format import format_date
from portal.todo.models import TodoMailPreference
from portal.todo.registry import TodoItem


def postponement_days(today: date) -> list[tuple[str, date]]:
    """The days that are offered: tomorrow, the next Monday, in a month."""
    tomorrow = today + timedelta(days=1)
    monday = tomorrow + relativedelta(weekday=MO)
    if monday == tomorrow:
        monday += timedelta(days=7)
    return [
        (_("Demain"), tomorrow),
        (date_format(monday, "l").capitalize() + f" {format_date(monday, 'j F')}", monday),
        (_("Dans un mois"), today + relativedelta(months=1)),
    ]


class PostponementForm(forms.Form):
    until = forms.DateField(
        label=gettext_lazy("Revient le"),
        error_messages={
            "required": gettext_lazy("Choisissez un jour."),
            "invalid": gettext_lazy("Ce jour n’est pas une date. Écrivez par exemple 15/12/2026."),
        },
    )

    def __init__(self, *args: Any, item: TodoItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        today = timezone.localdate()
        if until <= today:
            raise forms.ValidationError(_("Choisissez un jour à venir."))
        last = today + self.item.longest
        if until > last:
            words = _("Pas plus tard que le %(day)s : cela ne peut pas attendre davantage.")
            raise forms.ValidationError(words % {"day": format_date(last)})
        return until


class TodoMailForm(forms.ModelForm):
    class Meta:
        model = TodoMailPreference
        fields = ["weekly_digest", "arrivals"]
