"""Closed lists of the agenda; their codes are part of the public data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Access(models.TextChoices):
    """What makes it possible to come, to hear, to understand."""

    FAUTEUIL = "fauteuil", _("Accès en fauteuil roulant")
    LSF = "lsf", _("Traduction en langue des signes (LSF)")
    BOUCLE = "boucle", _("Boucle magnétique")
    SOUS_TITRES = "sous_titres", _("Sous-titres en direct")
    FALC = "falc", _("Documents faciles à lire")
    CALME = "calme", _("Espace calme")
    ENFANTS = "enfants", _("Garde d’enfants")
    A_DISTANCE = "a_distance", _("Suivi possible à distance")
