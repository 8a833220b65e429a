"""Date and time fields of the editor: what people type in French is read, never replaced.

Wagtail names its three inputs in its panels, filters, blocks and dialogs, without a setting to
choose others: they are taught here, once, so that a field added tomorrow reads French as well.
"""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput

from portal.text.date_parser import OLDEST_YEAR, parse_date_and_time

TRANSLATED = False

_INVALID: dict[type[forms.Field], Any] = {
    forms.DateField: _(
        "Cette date n’a pas été comprise. Écrivez-la comme 15/10/2026 ou 15 octobre 2026."
    ),
    forms.TimeField: _("Cette heure n’a pas été comprise. Écrivez-la comme 09:30 ou 9h30."),
    forms.DateTimeField: _("Cette date n’a pas été comprise. Écrivez-la comme 15/10/2026 09:30."),
}


def read_typed_dates() -> None:
    """Teach Wagtail's inputs to read French, its picker to leave alone what it cannot read."""
    for widget in (AdminDateInput, AdminTimeInput, AdminDateTimeInput):
        _teach(widget)
    for field, words in _INVALID.items():
        field.default_error_messages = field.default_error_messages | {"invalid": words}
    for dated in (forms.DateField, forms.DateTimeField):
        _refuse_other_ages(dated)


def as_iso(widget: forms.Widget, typed: str) -> str | None:
    """What was typed, as the form field of this input reads it in any language; None: unread."""
    day, hour = parse_date_and_time(typed)
    if isinstance(widget, AdminTimeInput):
        return _clock(hour) if hour else None
    if day is None:
        return None
    if isinstance(widget, AdminDateInput) or hour is None:
        return day.isoformat()
    return f"{day.isoformat()} {_clock(hour)}"


def _clock(hour: time) -> str:
    return f"{hour:%H:%M:%S}" if hour.second else f"{hour:%H:%M}"


def _refuse_other_ages(field: Any) -> None:
    """« 15/10/0026 », that Django reads as it is written, is no date of this portal."""
    stock = field.to_python

    def to_python(self: forms.Field, value: Any) -> Any:
        read = stock(self, value)
        if read is not None and read.year < OLDEST_YEAR:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return read

    field.to_python = to_python


def _teach(widget: Any) -> None:
    stock_value, stock_format = widget.value_from_datadict, widget.format_value
    stock_config = widget.get_config

    def value_from_datadict(self: Any, data: Any, files: Any, name: str) -> Any:
        value = stock_value(self, data, files, name)
        return (as_iso(self, value) or value) if isinstance(value, str) else value

    def format_value(self: Any, value: Any) -> Any:
        # A form that is shown again gives back the text above.
        if isinstance(value, str):
            day, hour = parse_date_and_time(value)
            if isinstance(self, AdminTimeInput):
                value = hour or value
            elif isinstance(self, AdminDateTimeInput) and day:
                value = datetime.combine(day, hour or datetime.min.time())
            else:
                value = day or value
        return stock_format(self, value)

    def get_config(self: Any) -> dict[str, Any]:
        # By default the picker writes today's date over what it cannot read.
        return stock_config(self) | {"validateOnBlur": False}

    widget.value_from_datadict = value_from_datadict
    widget.format_value = format_value
    widget.get_config = get_config
