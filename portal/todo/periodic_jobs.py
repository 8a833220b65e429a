"""The jobs of the list: its digest, what arrives, what comes back."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.jobs.registry import register_job
from portal.todo.mailings import forget_postponements, send_digests, tell_arrivals

register_job(
    "todo-digest",
    _("Envoyer le résumé de « À faire », le lundi"),
    timedelta(minutes=15),
    send_digests,
    order=210,
)
register_job(
    "todo-arrivals",
    _("Dire ce qui arrive du public"),
    timedelta(minutes=10),
    tell_arrivals,
    order=25,
)
register_job(
    "todo-postponements",
    _("Oublier ce qui est revenu dans « À faire »"),
    timedelta(days=1),
    forget_postponements,
    order=220,
)
