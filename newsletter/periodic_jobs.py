"""Periodic jobs of the letter."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from newsletter.bounces import scaleway
from newsletter.bounces.mailbox import describe_outcomes, read_mailbox
from newsletter.services.retention import apply_retention
from newsletter.services.send_queue import deliver_due
from portal.jobs.registry import register_job


def _deliver() -> str | None:
    sent = deliver_due()
    if not sent:
        return None
    return ngettext("%(count)d message parti.", "%(count)d messages partis.", sent) % {
        "count": sent
    }


def _read_returns() -> str | None:
    return describe_outcomes(read_mailbox())


register_job("letter-sender", _("Envoi de la lettre et des confirmations"), timedelta(), _deliver)
register_job(
    "letter-retention",
    _("Oublier les personnes parties et les demandes sans suite"),
    timedelta(days=1),
    apply_retention,
)
if settings.PORTAL_BOUNCE_MAILBOX:
    register_job(
        "letter-returns",
        _("Lecture des messages qui reviennent"),
        timedelta(minutes=10),
        _read_returns,
    )
if scaleway.is_the_service():
    register_job(
        "letter-scaleway",
        _("Messages que Scaleway n’a pas pu remettre"),
        timedelta(minutes=10),
        scaleway.poll_failures,
    )
