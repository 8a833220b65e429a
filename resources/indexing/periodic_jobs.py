"""The job that writes when entries are open, before readers ask."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.jobs.registry import register_job
from resources.indexing.open_periods import write_missing_days


def _write() -> str | None:
    written = write_missing_days()
    words = ngettext("%d jour écrit d’avance.", "%d jours écrits d’avance.", written)
    return words % written if written else None


register_job(
    "open-periods",
    _("Écrire d’avance quand chaque fiche est ouverte"),
    timedelta(hours=1),
    _write,
    order=150,
)
