"""Closed lists that only editors see, in French."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UpdateState(models.TextChoices):
    """What became of what a pilot told."""

    WAITING = "attente", _("à relire")
    PUBLISHED = "publie", _("publié")
    REFUSED = "refuse", _("non publié")


class AskingFrequency(models.IntegerChoices):
    """Months without news after which the pilots of an action are asked."""

    MONTHLY = 1, _("un mois")
    TWO_MONTHLY = 2, _("deux mois")
    QUARTERLY = 3, _("trois mois")
    HALF_YEARLY = 6, _("six mois")
