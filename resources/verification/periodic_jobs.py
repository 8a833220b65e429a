"""The hourly job that sends verification requests."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.jobs.registry import register_job
from resources.models import DirectorySettings
from resources.verification.reminders import send_due_requests


def send_requests_if_enabled() -> str | None:
    """Do nothing until the settings allow it: a first round may write to every structure."""
    return send_due_requests() if DirectorySettings.load().asks_structures else None


# Each hour, so that a long list is gone through in a day; each address gets one message a day.
register_job(
    "verification",
    _("Demander aux structures si leurs fiches sont justes"),
    timedelta(hours=1),
    send_requests_if_enabled,
    order=60,
)
