"""« Importer des secteurs » among the imports of the portal."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.imports.registry import ImportType, register_import
from resources.sectors.import_reader import HEADINGS, LIMITS, read_sectors
from resources.sectors.import_target import SectorOptionsForm, SectorTarget

LIST_URL_NAME = "wagtailsnippets_resources_sector:list"


def _help() -> Mapping[str, Any]:
    return {"columns": HEADINGS}


SECTORS = register_import(
    ImportType(
        name="secteurs",
        title=_("Importer des secteurs"),
        read=read_sectors,
        target=SectorTarget,
        list_url_name=LIST_URL_NAME,
        list_label=_("Secteurs de psychiatrie"),
        help_template="resources/sectors/import_help.html",
        help_context=_help,
        options_form=SectorOptionsForm,
        file_label=_("Fichier CSV ou XLSX"),
        megabytes=LIMITS.megabytes,
    )
)
