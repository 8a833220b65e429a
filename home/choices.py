"""Closed lists of the project's governance, after the instruction of 1 December 2025."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GovernanceAim(models.TextChoices):
    """The four aims that the governance of a PTSM has to meet."""

    STRATEGY = "strategie", _("Décider et suivre")
    STEERING = "pilotage", _("Piloter")
    OPERATION = "operation", _("Agir sur le terrain")
    VOICE = "representation", _("Faire entendre les personnes concernées")


class MemberKind(models.TextChoices):
    """Who sits in a body of the governance."""

    ETAT = "etat", _("Services de l’État")
    ARS = "ars", _("Agence régionale de santé")
    ELUS = "elus", _("Élues et élus, collectivités")
    ASSURANCE = "assurance", _("CPAM, CAF, MSA")
    DEMOCRATIE = "democratie", _("Conseil territorial de santé et sa commission santé mentale")
    PERSONNES = "personnes", _("Personnes concernées")
    PROCHES = "proches", _("Familles et proches")
    GEM = "gem", _("Groupes d’entraide mutuelle")
    SANTE = "sante", _("Hôpitaux et cliniques")
    VILLE = "ville", _("Professionnels de santé de ville")
    MEDICO_SOCIAL = "medico_social", _("Médico-social et social")
    ASSOCIATIONS = "associations", _("Associations")
    PILOTES = "pilotes", _("Pilotes des actions")
    CHEF_DE_PROJET = "chef_de_projet", _("Chef ou cheffe de projet du PTSM")
    AUTRE = "autre", _("Autres")


#: Those whose place in the governance is counted.
CONCERNED = (MemberKind.PERSONNES, MemberKind.PROCHES, MemberKind.GEM)


class DecisionState(models.TextChoices):
    """What became of what a meeting decided. That it is late is computed, never chosen."""

    TO_DO = "a_faire", _("à faire")
    DONE = "faite", _("faite")
    DROPPED = "abandonnee", _("abandonnée")


class MeetingFrequency(models.TextChoices):
    """How often a body meets."""

    MONTHLY = "mensuelle", _("tous les mois")
    TWO_MONTHLY = "bimestrielle", _("tous les deux mois")
    QUARTERLY = "trimestrielle", _("tous les trois mois")
    THREE_A_YEAR = "trois_par_an", _("trois fois par an")
    HALF_YEARLY = "semestrielle", _("deux fois par an")
    YEARLY = "annuelle", _("une fois par an")
    ON_NEED = "au_besoin", _("quand il le faut")


class ArticulationKind(models.TextChoices):
    """What else the PTSM has to work with."""

    CTS = "cts", _("CTS et CSSM : conseil territorial de santé et commission santé mentale")
    CLSM = "clsm", _("CLSM : conseils locaux de santé mentale")
    CDCA = "cdca", _("CDCA : conseil départemental de la citoyenneté et de l’autonomie")
    PRS = "prs", _("PRS : projet régional de santé")
    CLS = "cls", _("CLS : contrats locaux de santé")
    QUARTIERS_2030 = "quartiers_2030", _("Contrats de ville Engagements Quartiers 2030")
    REUSSITE_EDUCATIVE = "reussite_educative", _("Contrats de réussite éducative")
    CPS = "cps", _("CPS : comités pour les compétences psychosociales")
    AGRICULTEURS = "agriculteurs", _("Prévention du mal-être des agriculteurs")
    SOLUTIONS_50000 = "solutions_50000", _("50 000 solutions pour les personnes handicapées")
    CPTS = "cpts", _("CPTS : communautés professionnelles territoriales de santé")
    DAC = "dac", _("DAC : dispositif d’appui à la coordination")
    C360 = "c360", _("C360 : communauté 360")
    SPDA = "spda", _("SPDA : service public départemental de l’autonomie")
    REPERAGE = "reperage", _("Service de repérage précoce")
    AUTRE = "autre", _("Autre")


class DocumentKind(models.TextChoices):
    """What a document of the project is."""

    PTSM = "ptsm", _("Projet (PTSM)")
    CTSM = "ctsm", _("Contrat (CTSM)")
    DIAGNOSTIC = "diagnostic", _("Diagnostic partagé")
    ROADMAP = "feuille_de_route", _("Feuille de route")
    EVALUATION = "evaluation", _("Évaluation")
    INDICATORS = "indicateurs", _("Indicateurs")
    OTHER = "autre", _("Autre document")


class NeedDanger(models.TextChoices):
    """What a page of need says in red: a line for suicide, a block for what is before it."""

    SUICIDE = "suicide", _("Suicide : une ligne, jour et nuit")
    VIOLENCE = "violence", _("Violence : police, SMS, puis suicide")
    CHILD = "enfance", _("Enfant en danger, puis suicide")
    OVERDOSE = "surdose", _("Trop d’alcool, de drogue, de médicaments, puis suicide")


class ContactSubject(models.TextChoices):
    """What a message is about, so that the right person reads it."""

    PTSM = "ptsm", _("Une question sur le PTSM ou une action")
    DIRECTORY = "annuaire", _("Une erreur ou un oubli dans l’annuaire")
    NEWS = "actualite", _("Une actualité ou une date à faire connaître")
    JOIN = "participer", _("Participer au PTSM")
    ACCESSIBILITY = "accessibilite", _("Une difficulté pour lire ou utiliser ce site")
    PRIVACY = "donnees", _("Mes données personnelles")
    OTHER = "autre", _("Autre chose")
