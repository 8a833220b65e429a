"""The snapshot of the month."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.history.snapshots import take_monthly_snapshot
from portal.jobs.registry import register_job

register_job(
    "monthly-snapshot",
    _("Garder les chiffres du mois"),
    timedelta(days=1),
    take_monthly_snapshot,
    order=200,
)
