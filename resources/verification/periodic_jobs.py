"""The hourly job that sends verification requests; the nightly one that reads stored hours."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.crisis.line_hours import register_hours_validator
from portal.jobs.registry import register_job
from resources.models import DirectorySettings
from resources.opening_hours.validators import validate_told_hours
from resources.verification.reminders import send_due_requests
from resources.verification.untold_hours import get_untold_entries, get_untold_help_lines


def send_requests_if_enabled() -> str | None:
    """Do nothing until the settings allow it: a first round may write to every structure."""
    return send_due_requests() if DirectorySettings.load().asks_structures else None


# Each hour, so that a long list is gone through in a day; each address gets one message a day.
register_job(
    "verification",
    gettext_lazy("Demander aux structures si leurs fiches sont justes"),
    timedelta(hours=1),
    send_requests_if_enabled,
    order=60,
)


def check_stored_hours() -> str | None:
    """Hours that were stored before they were refused at entry, or that came another way."""
    said = [_untold_entries(get_untold_entries().count())]
    said += [
        _("Les horaires du numéro d’aide « %s » ne peuvent pas être dits : corrigez-les.") % line
        for line in get_untold_help_lines()
    ]
    return " ".join(filter(None, said)) or None


def _untold_entries(count: int) -> str:
    words = ngettext(
        "%d fiche a des horaires que le portail ne sait pas dire : Annuaire, "
        "« Horaires à revoir ».",
        "%d fiches ont des horaires que le portail ne sait pas dire : Annuaire, "
        "« Horaires à revoir ».",
        count,
    )
    return words % count if count else ""


register_hours_validator(validate_told_hours)
register_job(
    "opening_hours",
    gettext_lazy("Chercher les horaires que le portail ne sait pas dire"),
    timedelta(days=1),
    check_stored_hours,
)
