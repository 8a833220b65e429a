"""Closed lists that several apps share; their codes are part of the public data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Public(models.TextChoices):
    """Whom a service or an action is for."""

    ENFANTS = "enfants", _("Enfants")
    ADOLESCENTS = "adolescents", _("Adolescents")
    ETUDIANTS = "etudiants", _("Étudiants")
    ADULTES = "adultes", _("Adultes")
    PERSONNES_AGEES = "personnes_agees", _("Personnes âgées")
    PROCHES = "proches", _("Familles et proches")
    PARENTS = "parents", _("Parents et futurs parents")
    PROFESSIONNELS = "professionnels", _("Professionnels")
    PRECARITE = "precarite", _("Personnes en situation de précarité")
    ISOLEES = "isolees", _("Personnes isolées")
    HANDICAP = "handicap", _("Personnes handicapées")
    JUSTICE = "justice", _("Personnes placées sous main de justice")
    ADDICTIONS = "addictions", _("Personnes ayant une addiction")
    PSYCHOTRAUMA = "psychotrauma", _("Personnes ayant vécu un traumatisme")
    TND = "tnd", _("Personnes ayant un trouble du neurodéveloppement")
    ENFANCE_PROTEGEE = "enfance_protegee", _("Enfants protégés par l’aide sociale à l’enfance")
