"""Closed lists that only editors see, in French."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailingState(models.TextChoices):
    """How far the one sending of an issue is."""

    SCHEDULED = "prevu", _("prévu")
    SENDING = "en_cours", _("en cours")
    PAUSED = "pause", _("en pause")
    DONE = "fini", _("terminé")
    CANCELLED = "annule", _("annulé")


class SubscriberState(models.TextChoices):
    """Whether the letter is sent to a subscriber, and why not."""

    PENDING = "attente", _("en attente de confirmation")
    ACTIVE = "inscrit", _("inscrit")
    UNSUBSCRIBED = "desinscrit", _("désinscrit")
    BOUNCED = "refuse", _("adresse qui ne reçoit pas")
    COMPLAINED = "plainte", _("a signalé la lettre comme indésirable")


class SubscriberOrigin(models.TextChoices):
    """Where the address of a subscriber comes from."""

    FORM = "formulaire", _("formulaire du site")
    STAFF = "coordination", _("ajout par la coordination")
    IMPORT = "import", _("import d’un fichier")


class SuppressionReason(models.TextChoices):
    """Why an address is not written to again."""

    LEFT = "desinscrit", _("désinscription")
    ERASED = "efface", _("effacement demandé")
    BOUNCED = "refuse", _("adresse qui ne reçoit pas")
    COMPLAINED = "plainte", _("signalement comme indésirable")


class MovementKind(models.TextChoices):
    """What a movement counts: arrivals, departures, addresses that were lost."""

    JOINED = "arrivee", _("inscriptions")
    LEFT = "depart", _("désinscriptions")
    LOST = "perdu", _("adresses perdues")
