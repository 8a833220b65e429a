"""« Importer des abonnés » among the imports of the portal."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from newsletter.import_reader import HEADINGS, read_subscribers
from newsletter.import_target import SubscriberTarget
from newsletter.models import Topic
from portal.imports.registry import ImportType, register_import


def _help() -> Mapping[str, Any]:
    return {"columns": HEADINGS, "topics": Topic.objects.all()}


SUBSCRIBERS = register_import(
    ImportType(
        name="abonnes",
        title=_("Importer des abonnés"),
        read=read_subscribers,
        target=SubscriberTarget,
        list_url_name="letter_subscribers:index",
        list_label=_("Abonnés"),
        help_template="newsletter/admin/import_subscribers_help.html",
        help_context=_help,
        file_label=_("Fichier CSV ou XLSX"),
    )
)
