"""Closed lists of the agenda, whose codes are part of the public data, and of the letter."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventAccess(models.TextChoices):
    """What makes it possible to come, to hear, to understand."""

    FAUTEUIL = "fauteuil", _("Accès en fauteuil roulant")
    LSF = "lsf", _("Traduction en langue des signes (LSF)")
    BOUCLE = "boucle", _("Boucle magnétique")
    SOUS_TITRES = "sous_titres", _("Sous-titres en direct")
    FALC = "falc", _("Documents faciles à lire")
    CALME = "calme", _("Espace calme")
    ENFANTS = "enfants", _("Garde d’enfants")
    A_DISTANCE = "a_distance", _("Suivi possible à distance")


class DeliveryKind(models.TextChoices):
    """What a message of the letter's ledger says."""

    ISSUE = "lettre", _("la lettre")
    CONFIRM = "confirmer", _("demande de confirmation")
    KNOWN = "deja", _("rappel : déjà inscrit")
    STILL_WANTED = "toujours", _("la voulez-vous toujours ?")


class BounceKind(models.TextChoices):
    """What came back of a message; the worst of several is kept."""

    SOFT = "passager", _("retour passager")
    HARD = "definitif", _("adresse qui n’existe pas")
    COMPLAINT = "plainte", _("signalé comme indésirable")
