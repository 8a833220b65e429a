"""How every public form is written: labels, hints and errors of the « field » component."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class PortalForm(forms.Form):
    """A form whose ``{{ form }}`` is ready for the page, the list of errors first."""

    default_renderer = PortalRenderer

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def error_list(self) -> list[dict[str, str]]:
        """What to mend, each with the id of its field (empty for the whole form)."""
        return [
            {"id": self[name].id_for_label if name in self.fields else "", "text": str(error)}
            for name, errors in self.errors.items()
            for error in errors
        ]
