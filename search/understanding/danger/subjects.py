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
    je j me m moi mon ma mes mien mienne tu te t toi ton ta tes il elle on nous notre nos vous votre
    vos ils elles lui leur leurs son sa ses se s
    aide aidez aider help secours urgent urgence urgences vite svp stp pitie
    """.split()  # noqa: SIM905
)
_WORKS = frozenset(
    """
    accords acteur acteurs actrice album anime auteur bd bluray casting chanson chansons chanteur
    cinema clip clips comedie concert critique critiques documentaire dvd episode episodes film
    films goncourt guitare karaoke livre lyrics manga musique netflix opera paroles partition piano
    realisateur remix replay resume roman romans serie series soundtrack streaming theatre tome
    trailer vf vost vostfr
    """.split()  # noqa: SIM905
)
_LEARNING = frozenset(
    """
    affichage affiche affiches article articles barometre bibliographie brochure brochures
    chiffres circulaire colloque conference congres decret depliant enquete epidemiologie
    formation formations hommage jurisprudence legislation loi lois manifestation mooc module
    plaquette prevention proces protocole protocoles recrutement referentiel seminaire
    statistique statistiques these webinaire
    """.split()  # noqa: SIM905
)
#: Two words that say it together.
_LEARNED = frozenset((("fiche", "reflexe"), ("conduite", "a"), ("code", "penal")))


def subject_of(read: Sequence[ReadWord]) -> Subject | None:
    """What a text without anybody in it is about; None when it is about somebody, or unsaid.

    >>> from search.understanding.danger.reading import read_words
    >>> subject_of(read_words("baromètre suicide jeunes")).name
    'LEARNING'
    >>> subject_of(read_words("je veux mourir, formation ratée")) is None
    True
    """
    words = [one.word for one in read]
    if not _PERSONS.isdisjoint(words):
        return None
    if not _WORKS.isdisjoint(words):
        return Subject.WORK
    pairs = pairwise(words)
    is_learning = not _LEARNING.isdisjoint(words) or not _LEARNED.isdisjoint(pairs)
    return Subject.LEARNING if is_learning else None


def names_a_work(read: Iterable[ReadWord]) -> bool:
    """Whether it ends as a title that is looked for: « laisse-moi mourir clip »."""
    *_before, last = ["", *(one.word for one in read)]
    return last in _WORKS
