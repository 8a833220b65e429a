"""The summary above a form: each mistake, and the field to mend."""

from collections.abc import Iterable

from django import forms


def list_errors(form: forms.BaseForm, names: Iterable[str] | None = None) -> list[dict[str, str]]:
    """The ``items`` of the component « error-summary »; ``names``: of these fields only."""
    items = [{"id": "", "text": str(error)} for error in form.non_field_errors()]
    for name in form.fields if names is None else names:
        bound = form[name]
        target = bound.id_for_label or bound.auto_id  # a group of boxes is no label's
        items += [{"id": target, "text": str(error)} for error in bound.errors]
    return items
