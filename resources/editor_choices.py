"""Closed lists that only editors see, in French."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferentState(models.TextChoices):
    """Where a person stands between an invitation and a departure."""

    INVITED = "invite", _("invité, pas encore venu")
    ACTIVE = "actif", _("actif")
    LEFT = "parti", _("parti")


class VerificationFrequency(models.IntegerChoices):
    """Months after which an entry is to be verified again."""

    MONTHLY = 1, _("tous les mois")
    QUARTERLY = 3, _("tous les trois mois")
    HALF_YEARLY = 6, _("tous les six mois")
    YEARLY = 12, _("tous les ans")


class VerificationMethod(models.TextChoices):
    """How a structure said that its entry is true."""

    LINK = "lien", _("par le lien reçu")
    ACCOUNT = "compte", _("depuis « Mes fiches »")
    PHONE = "telephone", _("par téléphone")
    EDITOR = "editeur", _("dans l’éditeur")
