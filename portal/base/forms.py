"""How every public form is written: labels, hints and errors of the « field » component."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

INCOMPLETE_EMAIL = _("Cette adresse n’est pas complète. Exemple : prenom@domaine.example")

UNNAMED_FIELD = forms.Field.default_error_messages["required"]


class PortalRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class PortalForm(forms.Form):
    """A form whose ``{{ form }}`` is ready for the page, the list of errors first.

    An empty field is named in its message: the list of errors reads without the form.
    """

    default_renderer = PortalRenderer

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages.get("required") == UNNAMED_FIELD:
                field.error_messages["required"] = self._missing(field)
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = INCOMPLETE_EMAIL

    @staticmethod
    def _missing(field: forms.Field) -> str:
        words = (
            _("Cochez la case « %(label)s ».")
            if isinstance(field, forms.BooleanField)
            else _("Le champ « %(label)s » est vide.")
        )
        return words % {"label": field.label}

    def error_list(self) -> list[dict[str, str]]:
        """What to mend, each with the id of its field (empty for the whole form)."""
        return [
            {"id": self[name].id_for_label if name in self.fields else "", "text": str(error)}
            for name, errors in self.errors.items()
            for error in errors
        ]
