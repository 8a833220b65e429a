"""Whom a question is for: words, and « ma sœur », « mon ado »; for ages, see ``ages``."""

from collections.abc import Iterable
from itertools import pairwise

from search.understanding.phrases import PROCEDURES, PhraseMeaning
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
#: What only suggests an age: who says « infirmière au lycée » is no teenager. It guides alone.
SUGGESTING = {
    "enfants": """
        maternelle; école maternelle; école primaire; école élémentaire; en primaire; crèche;
        en cp; en ce1; en ce2; en cm1; en cm2; classe de cp; classe de cm2; grande section;
        petite section; moyenne section""",
    "adolescents": """
        lycée; collège; en sixième; en cinquième; en quatrième; en troisième; en seconde;
        en première; en terminale; en 6e; en 5e; en 4e; en 3e; en 6ème; en 5ème; en 4ème; en 3ème;
        classe de seconde; classe de première; classe de terminale; classe de troisième;
        sans que mes parents; sans mes parents; sans le dire à mes parents; sans en parler à mes
        parents; sans prévenir mes parents; sans l’accord de mes parents; mes parents ne savent
        pas; mes parents refusent; mes parents ne veulent pas; sans autorisation parentale""",
}

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
    "adultes": {
        **dict.fromkeys(("CMPEA", "CMPP", "CAMSP", "MDA", "PAEJ"), "CMP"),
        **{"PCO": "CRA", "CJC": "CSAPA"},
    },
    "enfants": {"CMP": "CMPEA", "MDA": "CMPEA"},
    "adolescents": {"CMP": "MDA CMPEA", "CSAPA": "CJC CSAPA"},
    "etudiants": {"CMP": "BAPU CMP"},
    "personnes_agees": {
        **dict.fromkeys(("CMP", "CMPEA", "CMPP", "CAMSP", "MDA", "PAEJ"), "GERONTOPSY CMP"),
        **{"PCO": "CRA", "CJC": "CSAPA"},
    },
    "precarite": {"CMP": "EMPP CMP"},
    "proches": {
        # Help of their own first; then where the person they worry about is received.
        **{"CMP": "UNAFAM PROFAMILLE CMP"},
        **dict.fromkeys(("CLIP", "REHAB"), "UNAFAM PROFAMILLE"),
        **dict.fromkeys(("HOPITAL_PSY", "CLINIQUE", "MON_SOUTIEN_PSY"), "UNAFAM"),
    },
}

_KIN = """
    ami amie amis amies amoureux beau belle cherie cheri collegue compagne compagnon conjoint
    conjointe copain copine cousin cousine epouse epoux femme fille filles fils frangin frangine
    frere freres gendre maman mari mere neveu niece oncle papa parent parents pere petit petite
    petits proche proches soeur soeurs tante pote
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
#: « Je suis maman »: of whom the question is, and no relative of theirs.
_BEING = frozenset(("suis", "etre", "devenir", "comme"))
#: « Mon copain m’a quittée »: what somebody did to the one who asks is their own trouble.
_HARMS = """
    controle critique engueule humilie ignore largue larguee manipule manque manquent quitte
    quittee rabaisse rejette rejettent surveille trahi trahie trompe trompee
"""
_DONE_TO_ME = frozenset(_HARMS.split())
_NEAR = 4
#: « Quand j’étais petite », « dans mon enfance »: how old somebody was is not how old they are.
_WAS = frozenset(("etais", "etait", "etant", "etions"))
_CHILDHOOD = frozenset(("enfance", "adolescence", "jeunesse"))
_IN_THE_PAST = frozenset(
    ("mon", "ma", "son", "sa", "dans", "pendant", "durant", "depuis", "petite")
)
_TRADES = """
    aide assistant assistante avocat avocate cadre directeur directrice educ educateur
    educatrice enseignant enseignante ergotherapeute formateur formatrice generaliste infirmier
    infirmiere intervenant intervenante kine mandataire medecin orthophoniste pharmacien
    pharmacienne policier prof professeur professionnel professionnelle psychiatre psychologue
    psychomotricien psychomotricienne pro sage travailleur travailleuse
"""
_CALLINGS = frozenset(_TRADES.split())


def phrases() -> list[tuple[str, PhraseMeaning]]:
    said = [
        (word, PhraseMeaning(public=public))
        for public, words in WORDS.items()
        for word in words.split(";")
    ]
    suggested = [
        (word, PhraseMeaning(implied=public))
        for public, words in SUGGESTING.items()
        for word in words.split(";")
    ]
    return said + suggested


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
            if _is_done_to_me(question, end):
                continue
            if end < len(words) and relative in ("beau", "belle", "petit", "petite", "petits"):
                end += words[end] in _RELATIVES
            return set(range(index, end))
    return {
        index
        for index, word in enumerate(words)
        if word in _ALONE
        and not _BEING.intersection(words[max(0, index - 2) : index])
        and not _is_done_to_me(question, index + 1)
    }


def _is_done_to_me(question: QueryText, start: int) -> bool:
    """Whether the words from ``start`` on say what somebody does to the one who asks."""
    near = question.words[start : start + _NEAR]
    return not _DONE_TO_ME.isdisjoint(near) and question.says_me(start, start + _NEAR)


def is_past(question: QueryText, indices: Iterable[int]) -> bool:
    """Whether these words say how old somebody was: « quand j’étais enfant », « à l’âge de »."""
    words = question.words
    first = min(indices)
    token = question.tokens[first]
    if words[first] == "age" and (
        token.begins < token.start or question.text[token.start : token.end].lower() == "âge"
    ):
        return True
    if not _WAS.isdisjoint(words[max(0, first - 2) : first]):
        return True
    return words[first] in _CHILDHOOD and first > 0 and words[first - 1] in _IN_THE_PAST


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


def suited(types: tuple[str, ...], public: str, *, is_felt: bool) -> tuple[str, ...]:
    """The likely types, as this public finds them: a relative is received by relatives.

    ``is_felt``: they come from what somebody lives. Who looks for a psychologist for a sister
    looks for a psychologist.
    """
    is_relative = public == "proches"
    if is_relative and not is_felt:
        return types
    instead = INSTEAD.get(public, {})
    found = dict.fromkeys(c for code in types for c in instead.get(code, code).split())
    if is_relative and found and not PROCEDURES.intersection(found):
        # Their own help beside that for the trouble: gambling, alcohol, food.
        found.setdefault("UNAFAM")
    return tuple(found)


def suited_names(types: tuple[str, ...], public: str) -> tuple[str, ...]:
    """The types that were named, as this public finds them: a CMP for children is a CMPEA."""
    if public not in ("enfants", "adolescents"):
        return types
    return tuple(dict.fromkeys("CMPEA" if code == "CMP" else code for code in types))
