"""Enumerations of messages that wait to be sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

TRANSLATED = False


class MessageState(models.TextChoices):
    """Where a queued message is on its way; only the first two are unfinished."""

    WAITING = "attente", _("en attente")
    SENDING = "depart", _("en train de partir")
    SENT = "parti", _("parti")
    BOUNCED = "refuse", _("refusé")
    GIVEN_UP = "abandon", _("abandonné après plusieurs essais")
    UNCERTAIN = "incertain", _("parti ou non : on ne sait pas")
    CANCELLED = "annule", _("retiré avant le départ")
