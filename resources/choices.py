"""Closed lists of the directory; their codes are part of the public data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TypeFamily(models.TextChoices):
    """What a type of place is about, in the words of a person who looks for it."""

    URGENCE = "urgence", _("Urgence et écoute")
    SOINS = "soins", _("Soins")
    ENTRAIDE = "entraide", _("Entraide")
    ADDICTIONS = "addictions", _("Addictions")
    JEUNES = "jeunes", _("Enfants et jeunes")
    ACCOMPAGNEMENT = "accompagnement", _("Accompagnement au quotidien")
    LOGEMENT = "logement", _("Logement")
    TRAVAIL = "travail", _("Travail")
    DROITS = "droits", _("Droits")
    PROCHES = "proches", _("Familles et proches")
    COORDINATION = "coordination", _("Coordination")


class SchemaType(models.TextChoices):
    """How schema.org names a type of place."""

    MEDICAL_CLINIC = "MedicalClinic", _("centre de soins")
    HOSPITAL = "Hospital", _("hôpital")
    NGO = "NGO", _("association")
    GOVERNMENT_OFFICE = "GovernmentOffice", _("service public")
    GOVERNMENT_ORGANIZATION = "GovernmentOrganization", _("organisme public")
    ORGANIZATION = "Organization", _("organisme")


#: What schema.org keeps for care: never given to a type that is not care.
MEDICAL_SCHEMA_TYPES = {SchemaType.MEDICAL_CLINIC, SchemaType.HOSPITAL}


class EntryStatus(models.TextChoices):
    OPEN = "open", _("En activité")
    TEMPORARILY_CLOSED = "temporarily_closed", _("Fermé temporairement")
    CLOSED = "closed", _("Fermé définitivement")


class CostType(models.TextChoices):
    FREE = "free", _("Gratuit")
    MEMBERSHIP = "membership", _("Sur adhésion")
    PAID = "paid", _("Payant")


class AccessMode(models.TextChoices):
    """What one needs to be received."""

    SANS_RDV = "sans_rdv", _("Sans rendez-vous")
    AVEC_RDV = "avec_rdv", _("Sur rendez-vous")
    COURRIER_MEDICAL = "courrier_medical", _("Avec un courrier de médecin")
    ORIENTATION_MDPH = "orientation_mdph", _("Avec une orientation de la MDPH")
    ADHESION = "adhesion", _("Avec une adhésion")


class AccessibilityFeature(models.TextChoices):
    PMR = "pmr", _("Accès en fauteuil roulant")
    TOILETTES = "toilettes", _("Toilettes adaptées")
    ASCENSEUR = "ascenseur", _("Ascenseur")
    STATIONNEMENT = "stationnement", _("Place de stationnement adaptée")
    BOUCLE = "boucle", _("Boucle magnétique")
    LSF = "lsf", _("Accueil en langue des signes (LSF)")
    FALC = "falc", _("Documents faciles à lire")
    CALME = "calme", _("Espace calme")
    CHIEN = "chien", _("Chien d’assistance bienvenu")


class SpokenLanguage(models.TextChoices):
    """Languages in which people are received; ISO 639 codes."""

    FR = "fr", _("français")
    FSL = "fsl", _("langue des signes française")
    EN = "en", _("anglais")
    AR = "ar", _("arabe")
    ES = "es", _("espagnol")
    IT = "it", _("italien")
    PT = "pt", _("portugais")
    DE = "de", _("allemand")
    RU = "ru", _("russe")
    UK = "uk", _("ukrainien")
    TR = "tr", _("turc")
    HY = "hy", _("arménien")
    FA = "fa", _("persan, dari")
    PS = "ps", _("pachto")
    RO = "ro", _("roumain")
    SQ = "sq", _("albanais")
    KA = "ka", _("géorgien")
    KMR = "kmr", _("kurde")
    KAB = "kab", _("kabyle")
    WNI = "wni", _("comorien")
    WO = "wo", _("wolof")
    VI = "vi", _("vietnamien")
    ZH = "zh", _("chinois")
    INTERPRETE = "interprete", _("interprète sur demande")


class AppointmentDelay(models.TextChoices):
    """How long before the first appointment, as the place declares it."""

    WEEK = "semaine", _("moins d’une semaine")
    MONTH = "mois", _("moins d’un mois")
    QUARTER = "trimestre", _("de un à trois mois")
    HALF_YEAR = "semestre", _("de trois à six mois")
    MORE = "plus", _("plus de six mois")


class MaskedPlace(models.TextChoices):
    """What may be said of where a masked address is."""

    NOTHING = "rien", _("Rien")
    TERRITORY = "territoire", _("Le territoire seulement")
    COMMUNE = "commune", _("La commune seulement")


class AgeGroup(models.TextChoices):
    """The ages by which readers look: the codes of the ``age`` facet and of ``?age=``."""

    BABY = "0-2", _("0 à 2 ans")
    CHILD = "3-11", _("3 à 11 ans")
    TEENAGER = "12-17", _("12 à 17 ans")
    YOUNG = "18-25", _("18 à 25 ans")
    ADULT = "26-64", _("26 à 64 ans")
    OLD = "65-", _("65 ans et plus")


class EntryFreshness(models.TextChoices):
    """How far one can trust an entry, computed from the day it was last verified."""

    FRESH = "fresh", _("Vérifiée")
    AGEING = "ageing", _("À vérifier bientôt")
    STALE = "stale", _("À vérifier")
    UNKNOWN = "unknown", _("Jamais vérifiée")


class SectorAudience(models.TextChoices):
    """Whom a psychiatric sector or a CMP is for."""

    ADULTE = "adulte", _("adultes")
    INFANTO_JUVENILE = "infanto-juvenile", _("enfants et adolescents")


class CommuneShare(models.TextChoices):
    """How much of a commune a sector serves."""

    ENTIRE = "entiere", _("commune entière")
    PARTIAL = "partielle", _("une partie de la commune")


class ErrorSubject(models.TextChoices):
    """What a reader says is wrong in an entry."""

    PHONE = "telephone", _("Le téléphone ou l’e-mail")
    ADDRESS = "adresse", _("L’adresse")
    HOURS = "horaires", _("Les horaires")
    CLOSED = "ferme", _("Le lieu est fermé ou n’existe plus")
    PUBLIC = "public", _("Pour qui c’est, le prix, comment y aller")
    OTHER = "autre", _("Autre chose")


#: Types whose doors each serve a sector: which one depends on where people live.
SECTORED_TYPES = frozenset(("CMP", "CMPEA"))
