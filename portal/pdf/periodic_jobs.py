"""The job that writes the documents to print."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.jobs.registry import register_job
from portal.pdf.writer import write_changed

# After all others: it takes the longest.
register_job(
    "pdf", _("Écrire les documents à imprimer"), timedelta(minutes=1), write_changed, order=900
)
