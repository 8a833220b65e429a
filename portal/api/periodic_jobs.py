from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.api.throttling import delete_past_windows
from portal.jobs.registry import register_job

register_job(
    "past-rate-limits",
    _("Oublier les compteurs des limites qui ne servent plus"),
    timedelta(hours=1),
    delete_past_windows,
)
