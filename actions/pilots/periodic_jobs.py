"""The hourly job that asks pilots where their actions are."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from actions.models import RoadmapSettings
from actions.pilots.reminders import send_due_requests
from portal.jobs.registry import register_job


def send_requests_if_enabled() -> str | None:
    """Do nothing until the settings allow it: a first round may write to every pilot."""
    return send_due_requests() if RoadmapSettings.load().asks_pilots else None


register_job(
    "pilots",
    _("Demander aux pilotes où en sont les actions"),
    timedelta(hours=1),
    send_requests_if_enabled,
    order=61,
)
