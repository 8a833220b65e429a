"""The parts of the page of children and young people, in the order of a life."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.base.choices import Public
from portal.crisis.help_numbers import CHILD
from portal.crisis.needs import Need
from resources.choices import AgeGroup
from resources.entry.received import groups_of
from resources.service_areas.answers import Reception

#: An entry whose oldest age is not above is for the young, and comes first.
OLDEST_YOUNG = 25


@dataclass(frozen=True, slots=True)
class YouthStage:
    """``age`` says whom a door receives, or else ``door_public``; ``publics`` those of actions.

    ``types`` are codes of types of places that are for this stage whatever their ages say.
    """

    anchor: str
    title: str | Promise
    text: str | Promise
    publics: tuple[Public, ...]
    age: AgeGroup | None = None
    door_public: str = ""
    need: Need | None = None
    types: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    def receives(self, kind: str, reception: Reception) -> bool:
        """Whether an entry says that it receives them; what says nothing of age does not count."""
        if kind in self.types:
            return True
        if self.door_public:
            return self.door_public in reception.publics
        return self.age in groups_of(reception.ages)

    def is_first(self, kind: str, reception: Reception) -> bool:
        """Whether an entry is for the young rather than for everybody."""
        return kind in self.types or all(last <= OLDEST_YOUNG for _first, last in reception.ages)

    @property
    def query(self) -> Iterator[tuple[str, str]]:
        """What the directory is asked to show the same people."""
        if self.age:
            yield "age", self.age.value
        elif self.door_public:
            yield "pour", self.door_public


STAGES = (
    YouthStage(
        "0-2",
        _("Avant la naissance, et de 0 à 2 ans"),
        _("La grossesse et les premiers mois changent tout. Un parent aussi peut être aidé."),
        (Public.PARENTS, Public.ENFANTS),
        age=AgeGroup.BABY,
        need=Need.PERINATAL,
        types=("PERINATALITE", "CAMSP"),
    ),
    YouthStage(
        "3-11",
        _("De 3 à 11 ans"),
        _("Peurs, colères, sommeil, école : parlez-en tôt. Un enfant se soigne avec ses parents."),
        (Public.ENFANTS,),
        age=AgeGroup.CHILD,
        need=Need.CHILD,
        types=("CMPEA", "CMPP"),
    ),
    YouthStage(
        "12-17",
        _("De 12 à 17 ans"),
        _("Certains lieux reçoivent un ado seul. Ses parents aussi peuvent y venir."),
        (Public.ADOLESCENTS,),
        age=AgeGroup.TEENAGER,
        need=Need.TEENAGER,
        types=("CMPEA", "CMPP", "MDA", "PAEJ", "CJC"),
    ),
    YouthStage(
        "18-25",
        _("De 18 à 25 ans"),
        _("À 18 ans, les lieux de soins changent. Demandez que les équipes se parlent avant."),
        (Public.ETUDIANTS,),
        age=AgeGroup.YOUNG,
        need=Need.STUDENT,
        types=("BAPU", "MDA", "PAEJ", "CJC"),
    ),
    YouthStage(
        "enfance-protegee",
        _("Les enfants protégés"),
        _("Un enfant confié a droit aux mêmes soins que les autres. En danger, appelez."),
        (Public.ENFANCE_PROTEGEE,),
        door_public=Public.ENFANCE_PROTEGEE,
        numbers=(CHILD.number,),
    ),
)
