"""The weekly grid in which editors enter opening hours."""

from django import forms


class OpeningHoursWidget(forms.TextInput):
    pass
