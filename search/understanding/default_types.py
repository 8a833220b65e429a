"""The types of places and pages that come first where a question names none."""

from search.understanding.danger.words import (
    ABOUT_VIOLENCE,
    AGITATION,
    ATTEMPT,
    BEREAVED,
    BREATH,
    CHILD,
    DISTRESS,
    EMERGENCY,
    NO_ROOF,
    OVERDOSE,
    PAST_ABUSE,
    SHELTER,
    SUICIDE,
    VIOLENCE,
)

#: What comes first when somebody may be in danger.
IN_DANGER = {
    SUICIDE: ("LIGNE_ECOUTE",),
    OVERDOSE: ("LIGNE_ECOUTE", "URGENCES_PSY"),
    CHILD: ("LIGNE_ECOUTE",),
    VIOLENCE: ("LIGNE_ECOUTE", "PSYCHOTRAUMA"),
    EMERGENCY: ("URGENCES_PSY", "CENTRE_CRISE"),
    ATTEMPT: ("LIGNE_ECOUTE", "URGENCES_PSY"),
    AGITATION: ("LIGNE_ECOUTE", "URGENCES_PSY"),
    BREATH: ("LIGNE_ECOUTE", "URGENCES_PSY"),
    SHELTER: ("LOGEMENT",),
}
#: What comes first for somebody who suffers.
IN_DISTRESS = {
    DISTRESS: ("LIGNE_ECOUTE", "CMP"),
    BEREAVED: ("LIGNE_ECOUTE", "CMP"),
    PAST_ABUSE: ("PSYCHOTRAUMA", "LIGNE_ECOUTE", "CMP"),
    NO_ROOF: ("LOGEMENT",),
    ABOUT_VIOLENCE: ("PSYCHOTRAUMA", "LIGNE_ECOUTE"),
}
_LEARNING = """
    affiche affiches atelier bibliographie brochure causes chiffres colloque conference conferences
    documentation etude etudes flyer formation formations former forum guide journee memoire outil
    outils plaquette projet ptsm rapport statistique statistiques stage webinaire
"""
#: Who learns about danger is not in it: help is shown all the same, and pages come first.
LEARNING = frozenset(_LEARNING.split())
#: General answers: who asks about a right or a procedure does not look for one of them.
GENERAL = frozenset(("HOPITAL_PSY", "CLINIQUE"))
#: Care near home, for whoever only says where they are.
NEAR_HOME = ("CMP", "CMPEA", "GEM")
