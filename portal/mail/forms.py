"""The field where somebody writes an e-mail address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.mail.addresses import LONGEST, Address, InvalidAddress, normalise


class AddressField(forms.Field):
    """Gives an ``Address``, or None when the field may stay empty and does.

    What was typed is shown again as it was typed.
    """

    widget = forms.EmailInput
    default_error_messages = {"required": _("Écrivez une adresse e-mail.")}

    def to_python(self, value: Any) -> Address | None:
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return normalise(str(value))
        except InvalidAddress as error:
            raise ValidationError(str(error), code="invalid") from error

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # Some room for the blanks that come with a copied address.
        return {"autocomplete": "email", "maxlength": str(LONGEST + 20)}
