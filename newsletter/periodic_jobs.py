"""Periodic jobs of the letter."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from newsletter.bounces import scaleway
from newsletter.bounces.mailbox import describe_outcomes, read_mailbox
from newsletter.models import Delivery
from newsletter.services.renewal import ask_still_wanted
from newsletter.services.retention import apply_retention
from newsletter.services.send_queue import deliver_due
from portal.jobs.registry import register_job
from portal.jobs.standstill import Watch, register_watch


def _deliver() -> str | None:
    sent = deliver_due()
    if not sent:
        return None
    return ngettext("%(count)d message parti.", "%(count)d messages partis.", sent) % {
        "count": sent
    }


def _read_returns() -> str | None:
    return describe_outcomes(read_mailbox())


def _oldest_delivery(now: datetime) -> datetime | None:
    """Since when the oldest message of the letter may leave."""
    due = Delivery.objects.due(now).order_by("next_attempt_at")
    return due.values_list("next_attempt_at", flat=True).first()


register_watch(
    Watch("letter", _("Des lettres attendent de partir"), timedelta(hours=1), _oldest_delivery)
)
register_job("letter-sender", _("Envoi de la lettre et des confirmations"), timedelta(), _deliver)
register_job(
    "letter-retention",
    _("Oublier les personnes parties et les demandes sans suite"),
    timedelta(days=1),
    apply_retention,
)
register_job(
    "letter-still-wanted",
    _("Demander tous les trois ans si la lettre est encore voulue"),
    timedelta(days=1),
    ask_still_wanted,
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
