"""The job that writes the files of a large directory before they are asked."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.jobs.registry import register_job
from resources.open_data.files import DATA_FILES
from resources.open_data.written_files import write_wanted


def _write() -> str | None:
    written = write_wanted(DATA_FILES)
    words = ngettext("%d fichier écrit d’avance.", "%d fichiers écrits d’avance.", written)
    return words % written if written else None


# After the others, as the documents to print: it takes long.
register_job(
    "data-files",
    _("Écrire d’avance les fichiers d’un grand annuaire"),
    timedelta(minutes=1),
    _write,
    order=910,
)
