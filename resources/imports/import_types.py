"""« Importer ou exporter un tableau » among the imports of the portal."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.imports.registry import ImportType, register_import
from resources.imports.download import help_lines
from resources.imports.lookups import EntryLookups
from resources.imports.reader import read_entries_table
from resources.imports.target import EntryTarget


def _help() -> Mapping[str, Any]:
    return {"help_lines": list(help_lines(EntryLookups()))}


TABLE = register_import(
    ImportType(
        name="annuaire",
        title=_("Importer ou exporter un tableau"),
        read=read_entries_table,
        target=EntryTarget,
        list_url_name="fiches:index",
        list_label=_("Fiches de l’annuaire"),
        help_template="resources/imports/help.html",
        help_context=_help,
        file_label=_("Tableau (.xlsx ou .csv)"),
    )
)
