"""« Importer FINESS » among the imports of the portal: its screens are those of all of them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.imports.registry import ImportType, register_import
from resources.finess.files import MOST_MEGABYTES
from resources.finess.rows import read_upload
from resources.finess.target import FinessTarget

#: What is taken of a national file as it is downloaded, packed or not.
_MEGABYTES = 150


def _help() -> Mapping[str, Any]:
    return {"megabytes": _MEGABYTES, "unpacked": MOST_MEGABYTES}


FINESS = register_import(
    ImportType(
        name="finess",
        title=_("Importer FINESS"),
        read=read_upload,
        target=FinessTarget,
        list_url_name="fiches:index",
        list_label=_("Fiches de l’annuaire"),
        help_template="resources/finess/import_help.html",
        help_context=_help,
        file_label=_("Fichier FINESS"),
        accept=".csv,.txt,.json,.gz",
        megabytes=_MEGABYTES,
    )
)
