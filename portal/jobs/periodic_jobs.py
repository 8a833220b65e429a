"""Periodic jobs of any portal: scheduled publishing, and removal of expired sessions."""

from datetime import timedelta

from django.core.management import call_command
from django.utils.translation import gettext_lazy as _

from portal.jobs.registry import register_job
from portal.jobs.scheduled_publishing import oldest_due, publish_scheduled
from portal.jobs.standstill import Watch, register_watch


def clear_sessions() -> None:
    """Delete expired sessions."""
    call_command("clearsessions")


# Twice a minute: cron rings once, a worker more often, and a page is due to the minute.
register_job(
    "scheduled-publishing",
    _("Publier et dépublier à l’heure prévue"),
    timedelta(seconds=30),
    publish_scheduled,
    order=10,
)
register_watch(
    Watch(
        "pages",
        _("Des contenus programmés attendent de paraître"),
        timedelta(minutes=15),
        oldest_due,
    )
)
register_job("old-sessions", _("Oublier les sessions finies"), timedelta(days=1), clear_sessions)
