"""What a text is about, when nobody speaks in it: a work (film, song), or something to learn.

« Baromètre suicide chiffres jeunes » and « mourir documentaire » hold words of danger and no person
who lives it. With a person in it, the words of danger count, whatever is said beside.
"""

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import pairwise

from search.understanding.danger.reading import ReadWord


class Subject(Enum):
    """What a text is about, when it is not about somebody."""

    WORK = "work"
    LEARNING = "learning"


#: Who may live it, or calls: with one of these words, a text is about somebody.
_PERSONS = frozenset(
    """
    je j ai suis me m moi mon ma mes mien mienne tu te t toi ton ta tes il elle on nous notre nos
    vous votre vos ils elles lui leur leurs son sa ses se s
    aide aidez aider help secours urgent urgence urgences vite svp stp pitie
    """.split()  # noqa: SIM905
)
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
    barometre bibliographie brochure brochures certificat chiffres circulaire colloque conference
    congres criminologie declaration decret definition delai depliant dissertation ecn enquete
    epidemiologie etude etudes expose formation formations hommage indemnisation info infos
    injonction itt jurisprudence legislation litterature loi lois manifestation modele module mooc
    philo philosophie prescription presse prevention proces protocole protocoles qcm rapport
    recrutement referentiel secte seminaire sociologie statistique statistiques these webinaire
    """.split()  # noqa: SIM905
)
#: Two words that say it together.
_LEARNED = frozenset(
    (("fiche", "reflexe"), ("conduite", "a"), ("code", "penal"), ("est", "quoi"), ("veut", "dire"))
)
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
    pairs = pairwise(words)
    is_learning = not _LEARNING.isdisjoint(words) or not _LEARNED.isdisjoint(pairs)
    return Subject.LEARNING if is_learning else None


def _tells_a_work(words: Sequence[str]) -> bool:
    told = [word for word in words[:5] if word not in _BEFORE_A_WORK]
    starts = len(told) > 1 and told[0] in _WORKS and told[1] in _TOLD_BY
    return starts and _FIRST_PERSON.isdisjoint(words)


def names_a_work(read: Iterable[ReadWord]) -> bool:
    """Whether it ends as a title that is looked for: « laisse-moi mourir clip »."""
    *_before, last = ["", *(one.word for one in read)]
    return last in _WORKS
