"""The job that sends the messages to one person."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.jobs.registry import register_job
from portal.mail.queue import send_waiting

register_job(
    "outbox",
    _("Envoyer les messages à une personne (invitations, demandes, réponses)"),
    timedelta(),
    send_waiting,
    order=20,
)
