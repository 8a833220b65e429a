"""The job that sends the messages to one person."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.jobs.registry import register_job
from portal.jobs.standstill import Watch, register_watch
from portal.mail.queue import oldest_waiting, send_waiting
from portal.mail.standstill_messages import LOOKED_AT_EVERY, tell_standstills

register_job(
    "outbox",
    _("Envoyer les messages à une personne (invitations, demandes, réponses)"),
    timedelta(),
    send_waiting,
    order=20,
)
register_job(
    "standstill",
    _("Prévenir quand quelque chose est à l’arrêt"),
    LOOKED_AT_EVERY,
    tell_standstills,
    order=30,
)
register_watch(
    Watch("mail", _("Des messages attendent de partir"), timedelta(hours=1), oldest_waiting)
)
