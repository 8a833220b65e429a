"""Daily jobs of referents: confirmation of silent ones, retention of data and view counts."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.jobs.registry import register_job
from resources.referents.retention import (
    ask_silent_referents,
    delete_old_referents,
    delete_old_views,
)

register_job(
    "referents-silent",
    _("Demander aux référents silencieux s’ils sont toujours là"),
    timedelta(days=1),
    ask_silent_referents,
)
register_job(
    "referents-retention",
    _("Effacer les référents partis ou jamais venus"),
    timedelta(days=1),
    delete_old_referents,
)
register_job(
    "views-retention",
    _("Oublier les anciens comptes de lectures"),
    timedelta(days=1),
    delete_old_views,
)
