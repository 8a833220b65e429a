"""What a text is about, when nobody speaks in it: a work (film, song), what is learnt, a service.

« Baromètre suicide chiffres jeunes », « mourir documentaire » and « association violences » hold
words of danger and no person who lives it. With a person in it, the words of danger count, whatever
is said beside.
"""

from collections.abc import Collection, Iterable, Sequence
from enum import Enum
from itertools import pairwise

from search.understanding.danger.reading import ReadWord
from search.understanding.spelling import ordinary_words


class Subject(Enum):
    """What a text is about, when it is not about somebody."""

    WORK = "work"
    LEARNING = "learning"
    SERVICE = "service"


#: Who may live it, or calls: with one of these words, a text is about somebody.
_PERSONS = frozenset(
    """
    je j ai suis me m moi mon ma mes mien mienne tu te t toi ton ta tes il elle on nous notre nos
    vous votre vos ils elles lui leur leurs son sa ses se s
    aide aidez aider help secours urgent urgence urgences vite svp stp pitie
    """.split()  # noqa: SIM905
)
#: « Association d’aide », « urgence » are no call when other words say what they are about.
_NOUNS_OF_HELP = frozenset(("aide", "urgence", "urgences", "secours"))
_WORKS = frozenset(
    """
    accords acteur acteurs actrice album anime auteur bd bluray casting chanson chansons chanteur
    cinema citation clip clips comedie concert conte critique critiques documentaire dvd episode
    episodes expression film films goncourt guitare incipit jeu jeux karaoke livre lyrics manga
    musique mythe netflix opera paroles partition piano podcast poeme proverbe realisateur remix
    replay resume roman romans serie series soundtrack streaming synopsis theatre tome trailer vf
    vost vostfr
    """.split()  # noqa: SIM905
)
_LEARNING = frozenset(
    """
    actualite actualites affichage affiche affiches annales article articles avocat avocate
    barometre bibliographie brochure brochures certificat chiffres circulaire colloque
    conference congres criminologie declaration decret definition delai depliant dissertation
    ecn enquete epidemiologie etude etudes expose formation formations hommage indemnisation
    info infos injonction itt jurisprudence legislation litterature loi lois manifestation
    modele module mooc philo philosophie prescription presse prevention proces protocole
    protocoles qcm rapport recommandation recommandations recrutement referentiel secte
    seminaire sociologie statistique statistiques these webinaire
    """.split()  # noqa: SIM905
)
#: Two words that say it together.
_LEARNED = frozenset(
    (("fiche", "reflexe"), ("conduite", "a"), ("code", "penal"), ("est", "quoi"), ("veut", "dire"))
)
#: Who is named as somebody that it happens to: « patient suicidaire », « élève violenté ».
_NAMED = frozenset(
    """
    ado adolescent adolescente ami amie bebe collegue compagne compagnon conjoint conjointe copain
    copine eleve enceinte enfant etudiant etudiante femme fille fils frere garcon grand homme jeune
    maman mari mec mere mineur mineure neveu niece papa patient patiente pere petit petite proche
    resident residente soeur usager voisin voisine
    """.split()  # noqa: SIM905
)
#: When it happens, or that somebody asks what to do: then it is no subject.
_HAPPENS = frozenset(
    """
    agressee agresse battue battu violee viole tabassee tabasse hier aujourdhui matin soir nuit
    maintenant instant vient faire grave pleine cours depuis direct dormir refuge
    """.split()  # noqa: SIM905
)
#: What says where, since when or how it happens, or asks what to do: no other subject.
_CIRCUMSTANCES = frozenset(
    """
    age agee agees ages aller appeler apres arriver avant avec chez comment conjugal conjugale
    conjugales contre couple coups crise danger dehors dessus domestique domestiques domicile
    ecole entre face faire familiale familiales famille femmes fois fort grave grosse heure
    heures idee idees intense intenses joue jour jours ligne maison mois moment morale morales
    numero numeros parler pensee pensees personne personnes physique physiques plainte plusieurs
    pour precis preuves projet psychologique psychologiques quand quelle quelqu quelques quoi
    reagir rechute repetees risque rue scenario semaine semaines sexuel sexuelle sexuelles
    sexuels soiree suite telephone tentative tentatives toujours tous tout toute toutes tres
    trop urgent verbale verbales victime victimes voir vrai
    """.split()  # noqa: SIM905
)
#: Words of the field, too seldom written elsewhere to be everyday ones.
_FIELD = frozenset(
    """
    gynecologiques institutionnelle institutionnelles obstetricales postvention psychiatrie
    psychiatrique radicalisation seniors soignant vulnerables
    """.split()  # noqa: SIM905
)
#: Whoever offers help, or the way it is offered.
_SERVICES = frozenset(
    """
    accompagnement annuaire asso association associations atelier ateliers cheminement collectif
    coordonnees dispositif dispositifs federation forum groupe groupes juriste orientation
    parcours permanence permanences planning pro professionnelle professionnelles professionnels
    programme pros reconstruction reseau reseaux service services soignants specialise
    specialisee specialises structure structures suivi therapeute therapie traitement
    """.split()  # noqa: SIM905
)
#: Two words that say it together.
_SERVED = frozenset((("prise", "en"), ("en", "charge")))
#: What follows when a work is told: « film où la fille se coupe les veines ».
_TOLD_BY = frozenset(("avec", "dans", "dont", "ou", "qui", "sur"))
_BEFORE_A_WORK = frozenset(
    ("le", "la", "les", "un", "une", "quel", "ce", "cette", "dernier", "derniere", "nouveau")
)
#: Words that only the person who types says: with one of these, no work is told.
_FIRST_PERSON = frozenset(
    ("je", "ai", "suis", "me", "moi", "mon", "ma", "mes", "nous", "notre", "nos")
)


def subject_of(read: Sequence[ReadWord]) -> Subject | None:
    """What a text without anybody in it is about; None when it is about somebody, or unsaid.

    >>> from search.understanding.danger.reading import read_words
    >>> subject_of(read_words("baromètre suicide jeunes")).name
    'LEARNING'
    >>> subject_of(read_words("je veux mourir, formation ratée")) is None
    True
    """
    words = [one.word for one in read]
    if _tells_a_work(words):
        return Subject.WORK
    if not _PERSONS.isdisjoint(words):
        return None
    if not _WORKS.isdisjoint(words):
        return Subject.WORK
    pairs = frozenset(pairwise(words))
    if not _LEARNING.isdisjoint(words) or not _LEARNED.isdisjoint(pairs):
        return Subject.LEARNING
    is_lived = not _NAMED.isdisjoint(words) or not _HAPPENS.isdisjoint(words)
    is_service = not _SERVICES.isdisjoint(words) or not _SERVED.isdisjoint(pairs)
    return Subject.SERVICE if is_service and not is_lived else None


def names_a_subject(read: Iterable[ReadWord], nouns: Collection[str]) -> bool:
    """Whether nobody is in a text, and everyday words beside its ``nouns`` say what it is about.

    « Violence institutionnelle », « repérer les violences en consultation » do; « violences
    Aubagne », « viol hier soir » and a noun alone do not.

    >>> from search.understanding.danger.reading import read_words
    >>> names_a_subject(read_words("repérer les violences en consultation"), {"violences"})
    True
    >>> names_a_subject(read_words("violences hier soir"), {"violences"})
    False
    """
    words = [one.word for one in read]
    lived = _NAMED | _HAPPENS | (_PERSONS - _NOUNS_OF_HELP)
    if not lived.isdisjoint(words):
        return False
    beside = set(words) - set(nouns) - _CIRCUMSTANCES
    return any(word in _FIELD or word in ordinary_words() for word in beside)


def _tells_a_work(words: Sequence[str]) -> bool:
    told = [word for word in words[:5] if word not in _BEFORE_A_WORK]
    starts = len(told) > 1 and told[0] in _WORKS and told[1] in _TOLD_BY
    return starts and _FIRST_PERSON.isdisjoint(words)


def names_a_work(read: Iterable[ReadWord]) -> bool:
    """Whether it ends as a title that is looked for: « laisse-moi mourir clip »."""
    *_before, last = ["", *(one.word for one in read)]
    return last in _WORKS
