"""The editor's forms of indicators: a share of a hundred is between 0 and 100.

A value does not know yet the indicator that it is typed with, so its own ``clean`` cannot tell.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.base.editor_forms import BasePageForm, EditorForm

TRANSLATED = False

OUT_OF_PERCENT = _("Un pourcentage va de 0 à 100.")


def refuse_values_out_of_percent(form: Any) -> bool:
    """Whether the values typed with an indicator fit it; those that do not are told."""
    fits = True
    for row in form.formsets["values"].forms:
        value = getattr(row, "cleaned_data", {}).get("value")
        if not form.instance.accepts(value) and not row.cleaned_data.get("DELETE"):
            if not row.has_error("value"):
                row.add_error("value", OUT_OF_PERCENT)
            fits = False
    return fits


class ProjectIndicatorForm(EditorForm):
    def is_valid(self) -> bool:
        is_valid: bool = super().is_valid()
        return refuse_values_out_of_percent(self) and is_valid


class ActionPageForm(BasePageForm):
    def is_valid(self) -> bool:
        is_valid: bool = super().is_valid()
        indicators = self.formsets["indicators"].forms if "indicators" in self.formsets else []
        told = [refuse_values_out_of_percent(one) for one in indicators]
        return all(told) and is_valid
