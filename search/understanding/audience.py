"""Whom a question is for: words, ages, and « ma sœur », « mon ado »."""

import re
from collections.abc import Iterable
from itertools import pairwise

from search.understanding.phrases import PhraseMeaning
from search.understanding.tokenize import QueryText

#: Words that say whom it is for, or who asks.
WORDS = {
    "enfants": """
        enfant; enfance; gamin; petit garçon; petite fille; infanto-juvénile; infantile;
        jeune enfant""",
    "adolescents": """
        ado; adolescent; adolescente; adolescence; jeune; jeunes; jeunesse; lycéen; lycéenne;
        collégien; collégienne; mineur; mineurs; teenager""",
    "etudiants": """
        étudiant; étudiante; étudiants; étudiantes; fac; faculté; université; universitaire;
        campus; vie étudiante""",
    "adultes": "adulte; adultes; jeune adulte; jeunes adultes; majeur",
    "personnes_agees": """
        personne âgée; personnes âgées; sujet âgé; âgé; âgée; aîné; senior; seniors; mamie; mémé;
        papi; papy; pépé; grand-mère; grand-père; grands-parents; retraité; maison de retraite;
        ehpad; gériatrie; vieillard""",
    "proches": """
        proche aidant; proches aidants; aidant; aidante;
        aidants; aidants familiaux; entourage; famille; familles; aide aux familles; proche malade;
        proche de malade; proches de malades; aide aux proches; conjoint de malade""",
    "professionnels": """
        professionnel de santé; professionnels; professionnels de santé; professionnel du social;
        espace pro; pour les pros; mon patient; ma patiente; mes patients; un patient;
        orienter un patient; adresser un patient; mes usagers; partenaires""",
    "precarite": """
        sdf; sans abri; sans-abrisme; sans domicile; sans domicile fixe; sans logement; à la rue;
        vit dans la rue; vivre dans la rue; gens de la rue; migrant; migrante; migrants; réfugié;
        réfugiés; exilé; exilés; demandeur d’asile; demandeurs d’asile; sans papiers; squat;
        précarité; précaire; grande précarité; sans ressources; bidonville""",
}
#: « rue » is also in every address: only said as above.

#: Those whom places receive apart from the others: said in words, they narrow the answer.
#: Of the other publics, places for everybody take care too: they only guide it.
APART = frozenset(("enfants", "adolescents", "adultes"))

#: What each public looks for, whatever the difficulty.
LIKELY = {
    "enfants": "CMPEA CMPP CAMSP",
    "adolescents": "MDA CMPEA PAEJ",
    "etudiants": "BAPU MON_SOUTIEN_PSY",
    "personnes_agees": "GERONTOPSY CMP",
    "proches": "UNAFAM PROFAMILLE",
    "professionnels": "DAC CPTS",
    "precarite": "EMPP",
}
#: Types that a public does not go to, and which it goes to instead.
INSTEAD = {
    "adultes": {"CMPEA": "CMP", "CMPP": "CMP", "CAMSP": "CMP", "PCO": "CRA"},
    "enfants": {"CMP": "CMPEA", "MDA": "CMPEA"},
    "adolescents": {"CMP": "MDA CMPEA"},
    "etudiants": {"CMP": "BAPU CMP"},
    "personnes_agees": {"CMP": "GERONTOPSY CMP"},
    "precarite": {"CMP": "EMPP CMP"},
    "proches": {
        "CMP": "UNAFAM PROFAMILLE",
        "HOPITAL_PSY": "UNAFAM",
        "MON_SOUTIEN_PSY": "UNAFAM",
        "LIGNE_ECOUTE": "UNAFAM",
    },
}

_KIN = """
    ami amie amis amies amoureux beau belle cherie cheri collegue compagne compagnon conjoint
    conjointe copain copine cousin cousine epouse epoux femme fille filles fils frangin frangine
    frere freres gendre maman mari mere neveu niece oncle papa parent parents pere petit petite
    petits proche proches soeur soeurs tante voisin voisine pote
"""
_RELATIVES = frozenset(_KIN.split())
#: Those who are somebody's even when nobody says « mon »: « mari dépressif ».
_ALONE = frozenset(
    (
        *("fils", "frere", "soeur", "mari", "conjoint", "conjointe", "compagnon", "compagne"),
        *("epoux", "epouse", "mere", "pere", "maman", "papa"),
    )
)
_OWN = frozenset(("mon", "ma", "mes"))
_TRADES = """
    aide assistant assistante avocat avocate cadre directeur directrice educ educateur
    educatrice enseignant enseignante ergotherapeute formateur formatrice generaliste infirmier
    infirmiere intervenant intervenante kine mandataire medecin orthophoniste pharmacien
    pharmacienne policier prof professeur professionnel professionnelle psychiatre psychologue
    psychomotricien psychomotricienne pro sage travailleur travailleuse
"""
_CALLINGS = frozenset(_TRADES.split())
_AGE = re.compile(r"(\d{1,2})ans?")
_OLDEST_CHILD, _OLDEST_TEENAGER, _YOUNGEST_SENIOR = 10, 17, 65


def phrases() -> list[tuple[str, PhraseMeaning]]:
    return [
        (word, PhraseMeaning(public=public))
        for public, words in WORDS.items()
        for word in words.split(";")
    ]


def age_said(question: QueryText) -> tuple[str, set[int]]:
    """The public of an age (« 8 ans », « 15ans »), and the words that say it."""
    words = question.words
    for index, word in enumerate(words):
        together = _AGE.fullmatch(word)
        if together:
            return _public_of(int(together[1])), {index}
        if word.isdigit() and len(word) <= 2 and words[index + 1 : index + 2] in (["ans"], ["an"]):
            return _public_of(int(word)), {index, index + 1}
    return "", set()


def with_own(question: QueryText, indices: Iterable[int]) -> frozenset[int]:
    """These words, and « mon » before them: « mon ado »."""
    found = frozenset(indices)
    before = min(found) - 1
    return found | {before} if before >= 0 and question.words[before] in _OWN else found


def relative_said(question: QueryText) -> set[int]:
    """The words by which somebody speaks for another: « ma sœur », « mon petit frère »."""
    words = question.words
    if "proches" in words:
        return {words.index("proches")}
    for index, (own, relative) in enumerate(pairwise(words)):
        if (own, relative) == ("un", "proche"):
            return {index, index + 1}
        if own in _OWN and relative in _RELATIVES:
            end = index + 2
            if end < len(words) and relative in ("beau", "belle", "petit", "petite", "petits"):
                end += words[end] in _RELATIVES
            return set(range(index, end))
    return {index for index, word in enumerate(words) if word in _ALONE}


def calling_said(question: QueryText) -> set[int]:
    """The words by which somebody speaks as a professional: « je suis médecin »."""
    words = question.words
    for index in range(len(words) - 2):
        start = words[index : index + 2]
        if start not in (["je", "suis"], ["en", "tant"], ["suis", "un"], ["suis", "une"]):
            continue
        for place in (index + 2, index + 3):
            if place < len(words) and words[place] in _CALLINGS:
                return set(range(index, place + 1))
    return set()


def _public_of(age: int) -> str:
    if age <= _OLDEST_CHILD:
        return "enfants"
    if age <= _OLDEST_TEENAGER:
        return "adolescents"
    return "personnes_agees" if age >= _YOUNGEST_SENIOR else "adultes"


def suited(types: tuple[str, ...], public: str, *, is_felt: bool) -> tuple[str, ...]:
    """The likely types, as this public finds them: a relative is received by relatives.

    ``is_felt``: they come from what somebody lives. Who looks for a psychologist for a sister
    looks for a psychologist.
    """
    instead = INSTEAD.get(public, {}) if is_felt or public != "proches" else {}
    return tuple(dict.fromkeys(c for code in types for c in instead.get(code, code).split()))


def suited_names(types: tuple[str, ...], public: str) -> tuple[str, ...]:
    """The types that were named, as this public finds them: a CMP for children is a CMPEA."""
    if public not in ("enfants", "adolescents"):
        return types
    return tuple(dict.fromkeys("CMPEA" if code == "CMP" else code for code in types))
