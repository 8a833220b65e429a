"""Fields of a form whose choices are read anew for each request."""

from typing import Any

from django import forms


def choice_field(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """The field ``name`` of ``form``, whose ``choices`` may be read and replaced.

    Raises TypeError when that field offers no choices.
    """
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{type(form).__name__}.{name} offers no choices.")
    return field


def get_choices(form: forms.BaseForm, name: str) -> list[tuple[str, Any]]:
    """The choices of the field ``name``, each as (value, label). Raises as ``choice_field``."""
    choices: Any = choice_field(form, name).choices
    return list(choices)
