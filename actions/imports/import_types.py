"""« Importer des fiches-actions » among the imports of the portal."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actions.imports.reader import read_actions
from actions.imports.target import ActionTarget
from actions.imports.workbook import help_rows
from portal.imports.registry import ImportType, register_import


def _help() -> Mapping[str, Any]:
    return {
        "template_url": reverse("actions_template"),
        "columns": [row for rank, row in enumerate(help_rows()) if rank],
    }


ACTIONS = register_import(
    ImportType(
        name="fiches-actions",
        title=_("Importer des fiches-actions"),
        read=read_actions,
        target=ActionTarget,
        list_url_name="actions_list",
        list_label=_("Feuille de route"),
        help_template="actions/imports/help.html",
        help_context=_help,
        file_label=_("Tableau des fiches-actions"),
    )
)
