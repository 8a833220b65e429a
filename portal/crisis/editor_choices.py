"""Closed lists that only editors see, in French."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HelpChannel(models.TextChoices):
    """How a help line is reached."""

    PHONE = "tel", _("téléphone")
    SMS = "sms", _("SMS")
    WEB = "web", _("site")
