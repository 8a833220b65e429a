"""Form widgets for communes."""

from functools import lru_cache
from typing import Any

from django import forms
from django.conf import settings
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portal.geo.gazetteer import department_towns


class CommuneSelect(forms.Select):
    """Select of the communes of the department, from memory: a form may hold a hundred of these.

    Rendered as one string: Django's own would query the database for each row, and render each of
    twenty thousand options from a template.
    """

    def __init__(self, attrs: Any = None, choices: Any = ()) -> None:
        super().__init__(attrs)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        code = str(value or "")
        chosen = f'value="{code}"'
        options = _commune_options(settings.PORTAL_DEPARTEMENT)
        if chosen not in options:  # a commune of elsewhere
            options += format_html('<option value="{}">{}</option>', code, code)
        return format_html(
            "<select{}>{}</select>",
            flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name})),
            mark_safe(options.replace(chosen, f"{chosen} selected")),  # noqa: S308
        )


@lru_cache(maxsize=2)
def _commune_options(department: str) -> str:
    """All the options in HTML; arrondissements in the order of their numbers."""
    towns = sorted(
        department_towns(department), key=lambda town: (town.key.rstrip("0123456789"), town.code)
    )
    named = [("", "---------"), *((town.code, town.name) for town in towns)]
    return format_html_join("", '<option value="{}">{}</option>', named)
