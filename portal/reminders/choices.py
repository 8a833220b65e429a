"""Closed lists that only editors see, in French."""

from django.db import models
from django.utils.translation import gettext_lazy as _

TRANSLATED = False


class RequestState(models.TextChoices):
    """What became of a question sent to somebody."""

    WAITING = "attente", _("sans réponse")
    ANSWERED = "repondu", _("répondu")
    EXPIRED = "expire", _("resté sans réponse")
    CANCELLED = "annule", _("annulé")
