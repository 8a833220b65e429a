"""Closed lists of the imports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """How far an import is."""

    PLANNING = "lecture", _("en cours de lecture")
    READY = "pret", _("à confirmer")
    QUEUED = "attente", _("en attente")
    RUNNING = "cours", _("en cours")
    DONE = "fait", _("fait")
    FAILED = "echec", _("pas fait")
