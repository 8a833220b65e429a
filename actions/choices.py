"""Closed lists of the roadmap; their codes are part of the public data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActionStatus(models.TextChoices):
    """Where an action stands, as its pilot says it. Lateness is computed, never chosen."""

    PROPOSED = "proposee", _("Proposée")
    UPCOMING = "a_venir", _("À venir")
    RUNNING = "en_cours", _("En cours")
    PAUSED = "en_pause", _("En pause")
    DONE = "realisee", _("Réalisée")
    DROPPED = "abandonnee", _("Abandonnée")


# Someone has committed to a date only in these: a proposal is never late.
COMMITTED = (ActionStatus.UPCOMING, ActionStatus.RUNNING, ActionStatus.PAUSED)
# Nothing more is to be done in these.
CLOSED = (ActionStatus.DONE, ActionStatus.DROPPED)
# The public is owed a reason for these.
NEEDS_REASON = (ActionStatus.PAUSED, ActionStatus.DROPPED)


class ActionDimension(models.TextChoices):
    """What an action is about, in the three dimensions of a PTSM."""

    PROMOTION = "promotion", _("Promotion et prévention")
    FREQUENT = "frequents", _("Troubles psychiques fréquents")
    SEVERE = "severes", _("Troubles psychiques sévères")


class CommitmentFrame(models.TextChoices):
    """In what a commitment is written."""

    CTSM = "ctsm", _("Contrat territorial de santé mentale (CTSM)")
    FUNDERS = "financeurs", _("Comité des financeurs")
    OTHER = "autre", _("Autre cadre")


class CommitmentState(models.TextChoices):
    """What became of a commitment. That it is late is computed, never chosen."""

    TAKEN = "pris", _("pris")
    KEPT = "tenu", _("tenu")
    BROKEN = "non_tenu", _("non tenu")


class ActionOrigin(models.TextChoices):
    """Who recommended."""

    EVALUATION = "evaluation", _("Évaluation du PTSM")
    AUDIT_CMP = "audit_cmp", _("Audit des CMP adultes")
    AUDIT_CHILDREN = "audit_enfants", _("Audit des CMP enfants et des CMPP")
    OTHER = "autre", _("Autre origine")


class RecommendationResponse(models.TextChoices):
    """What the PTSM answers to a recommendation; empty means that no answer is published."""

    ACCEPTED = "retenue", _("Retenue")
    PARTIAL = "partielle", _("Retenue en partie")
    STUDIED = "a_l_etude", _("À l’étude")
    REFUSED = "non_retenue", _("Non retenue")


class ParticipationLevel(models.TextChoices):
    """How far personnes concernées and relatives take part, from least to most."""

    UNKNOWN = "non_precise", _("Non précisé")
    INFORMATION = "information", _("Information : elles sont tenues au courant")
    CONSULTATION = "consultation", _("Consultation : leur avis est demandé")
    CONCERTATION = "concertation", _("Concertation : les choix sont discutés avec elles")
    COCONSTRUCTION = "co_construction", _("Co-construction : elles construisent l’action")
    SHARED_DECISION = "decision_partagee", _("Décision partagée : elles décident aussi")


class PartnerRole(models.TextChoices):
    PILOT = "pilote", _("Pilote (responsable de l’action)")
    COPILOT = "copilote", _("Copilote")
    PARTNER = "partenaire", _("Partenaire")


class IndicatorDirection(models.TextChoices):
    """Which way an indicator should go."""

    UP = "hausse", _("Plus il monte, mieux c’est")
    DOWN = "baisse", _("Plus il baisse, mieux c’est")
    STEADY = "stable", _("Il doit rester stable")
