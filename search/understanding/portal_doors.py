"""What people ask of the portal itself, rather than of the places that it shows."""

import re

from search.analysis import fold
from search.understanding.phrases import PhraseMeaning

REPORT = "door:report"
PROPOSE = "door:propose"

#: Keys of the documents that the portal registers for its own forms, and how people ask for them.
DOORS = {
    REPORT: """
        pas à la bonne adresse; mauvaise adresse; adresse fausse; fausse adresse;
        adresse incorrecte; adresse erronée; adresse a changé; plus à cette adresse;
        faux numéro; mauvais numéro; numéro faux; numéro a changé;
        numéro ne marche pas; numéro n’est plus attribué;
        téléphone ne marche pas; téléphone a changé; mauvais téléphone; horaires faux;
        mauvais horaires; horaires ont changé; a déménagé; a fermé définitivement;
        fermé définitivement; n’existe plus; signaler une erreur; signaler un problème;
        erreur sur la fiche; erreur dans la fiche; erreur dans l’annuaire; erreur sur le site;
        corriger une fiche; corriger la fiche; fiche fausse; fiche n’est pas à jour;
        fiche pas à jour; informations fausses; informations pas à jour; infos pas à jour;
        information périmée; adresse pas à jour; numéro pas à jour; horaires pas à jour""",
    PROPOSE: """
        ajouter ma structure; ajouter une structure; ajouter mon association;
        ajouter une association; ajouter un lieu; ajouter une fiche; ajouter mon service;
        ajouter un service; proposer une structure; proposer un lieu; référencer ma structure;
        référencer mon association; référencer une structure; inscrire ma structure;
        inscrire mon association; figurer dans l’annuaire; apparaître dans l’annuaire;
        être dans l’annuaire; être référencé; créer une fiche; manque dans l’annuaire;
        ma structure n’est pas dans l’annuaire; mon cabinet dans l’annuaire""",
    "door:unsubscribe": """
        me désinscrire; désinscription; désinscrire; me désabonner; désabonner; désabonnement;
        ne plus recevoir la lettre; ne plus recevoir la newsletter; ne plus recevoir de mails;
        plus recevoir vos mails; arrêter la newsletter; quitter la newsletter; unsubscribe""",
    "door:my-entries": """
        mettre à jour ma fiche; modifier ma fiche; modifier la fiche; mettre à jour la fiche;
        modifier mes informations; modifier la fiche de ma structure;
        mettre à jour ma structure; ma fiche; mes fiches; je suis référent; espace référent;
        accès référent""",
}


#: Who wants a place to be in the directory says any of these with any of those.
_VERBS = """
    ajouter; inscrire; enregistrer; référencer; répertorier; proposer; faire connaître;
    faire figurer; faire apparaître
"""
_STRUCTURES = """
    structure; association; service; lieu; établissement; cabinet; équipe; dispositif; fiche
"""

#: What an entry tells, and the words that say it is wrong: « le numéro du csapa ne marche pas ».
_WRONG = re.compile(
    r"(?<!mon )(?<!ma )"
    r"\b(?:numero|telephone|tel|adresse|horaires?|fiche|infos?|informations?|lien)s?\b"
    r"(?: [\w'-]+){0,5}? (?:faux|fausses?|mauvais\w*|incorrecte?s?|errone\w*|change|perime\w*|"
    r"(?:marche|fonctionne|repond)\w* (?:pas|plus)|(?:pas|plus) a jour|"
    r"(?:pas|plus) (?:le |la )?bon\w*|plus attribue)"
)


def says_wrong(text: str) -> bool:
    """Whether a question says that an entry's number, address or hours are wrong."""
    return bool(_WRONG.search(fold(text)))


def phrases() -> list[tuple[str, PhraseMeaning]]:
    """Every phrase known here, with the document that it puts first."""
    said = [(phrase, key) for key, told in DOORS.items() for phrase in told.split(";")]
    said += [
        (f"{verb} {structure}", PROPOSE)
        for verb in _VERBS.split(";")
        for structure in _STRUCTURES.split(";")
    ]
    return [(phrase, PhraseMeaning(promoted=(key,))) for phrase, key in said]
