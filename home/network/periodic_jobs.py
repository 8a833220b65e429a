"""The jobs of messages to the network: they leave, then their addresses are forgotten."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from home.network.services import forget_addresses, oldest_waiting, post_waiting
from portal.jobs.registry import register_job
from portal.jobs.standstill import Watch, register_watch

TRANSLATED = False

register_job(
    "network-messages", _("Envoyer les messages au réseau"), timedelta(), post_waiting, order=15
)
register_job(
    "network-forget",
    _("Oublier à qui sont allés les messages au réseau"),
    timedelta(days=1),
    forget_addresses,
    order=230,
)
register_watch(
    Watch(
        "network",
        _("Des messages au réseau attendent de partir"),
        timedelta(hours=1),
        oldest_waiting,
    )
)
