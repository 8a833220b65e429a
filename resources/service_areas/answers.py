"""Whether a door of the directory serves somebody: one answer, used everywhere.

``serves`` reads only what it is given and asks no database: ``resources.service_areas.reading``
fetches what it needs for many entries at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.base.choices import Public
from portal.geo.place import Place
from portal.geo.service_area import Served, ServiceArea
from resources.choices import SECTORED_TYPES, AgeGroup
from resources.entry.ages import PUBLIC_AGES, YEARS, format_ages
from resources.entry.received import OLDEST, Ages, ReceivedPeople, people_received
from resources.service_areas.wording import area_words, enumerated

#: How a sentence names those of an age, or the relatives…
_PEOPLE = {
    Public.ENFANTS: gettext_lazy("les enfants"),
    Public.ADOLESCENTS: gettext_lazy("les adolescents"),
    Public.ETUDIANTS: gettext_lazy("les étudiants"),
    Public.ADULTES: gettext_lazy("les adultes"),
    Public.PERSONNES_AGEES: gettext_lazy("les personnes âgées"),
    Public.PROCHES: gettext_lazy("les proches"),
}
#: … and the others, where none of these is received.
_OTHERS = {
    Public.PARENTS: gettext_lazy("les parents et futurs parents"),
    Public.PROFESSIONNELS: gettext_lazy("les professionnels"),
    Public.PRECARITE: gettext_lazy("les personnes en situation de précarité"),
    Public.ISOLEES: gettext_lazy("les personnes isolées"),
    Public.HANDICAP: gettext_lazy("les personnes handicapées"),
    Public.JUSTICE: gettext_lazy("les personnes placées sous main de justice"),
    Public.ADDICTIONS: gettext_lazy("les personnes ayant une addiction"),
    Public.PSYCHOTRAUMA: gettext_lazy("les personnes ayant vécu un traumatisme"),
    Public.TND: gettext_lazy("les personnes ayant un trouble du neurodéveloppement"),
    Public.ENFANCE_PROTEGEE: gettext_lazy("les enfants protégés par l’aide sociale à l’enfance"),
}
#: More publics than this are « les personnes ».
MOST_NAMED = 6
#: Some sectors for adults receive from 16, some for children until 17: at these ages, ask.
BETWEEN_AUDIENCES = range(16, 18)


class ServiceAnswer(NamedTuple):
    """``served`` is yes, partly, no or unknown; ``sentence`` says whom the door receives.

    The sentence is French or translated, begins with a capital and has its full stop.
    """

    served: Served
    sentence: str

    @property
    def is_sure(self) -> bool:
        return self.served in (Served.YES, Served.PARTLY)


@dataclass(frozen=True, slots=True)
class Reception:
    """What an entry says of whom it receives.

    ``kind`` is its type code; the others are those of ``ReceivedPeople``.
    """

    area: ServiceArea = field(default_factory=ServiceArea)
    kind: str = ""
    publics: tuple[str, ...] = ()
    ages: tuple[Ages, ...] = ()
    audience: str = ""
    commune: str = ""
    welcomes_relatives: bool = False
    may_be_called: bool = False

    @classmethod
    def of(cls, kind: str, area: ServiceArea, people: ReceivedPeople) -> "Reception":
        return cls(
            area=area,
            kind=kind,
            publics=people.publics,
            ages=people.ages,
            audience=people.audience,
            commune=people.commune,
            welcomes_relatives=people.welcomes_relatives,
            may_be_called=people.may_be_called,
        )

    @property
    def is_sectored(self) -> bool:
        return self.kind in SECTORED_TYPES

    @property
    def people(self) -> str:
        """« les adultes », « les enfants et adolescents », « les personnes de 12 à 25 ans »."""
        if set(self.publics) == {Public.ENFANTS, Public.ADOLESCENTS}:
            return _("les enfants et adolescents")
        for words in (_PEOPLE, _OTHERS):
            said = [str(text) for public, text in words.items() if public in self.publics]
            if said and len(said) <= MOST_NAMED:
                return enumerated(said)
        if self.publics or len(self.ages) != 1:
            return _("les personnes")
        (first, last) = self.ages[0]
        ages = format_ages(first, None if last == OLDEST else last)
        return _("les personnes %(ages)s") % {"ages": ages[:1].lower() + ages[1:]}

    @property
    def sentence(self) -> str:
        """Whom it receives, wherever people ask from."""
        return self.sentence_of(self.area)

    def sentence_of(self, area: ServiceArea) -> str:
        if not area.is_known:
            if self.may_be_called:
                return _("Zone reçue non précisée : demandez en appelant.")
            return _("Zone reçue non précisée.")
        words = {"people": self.people, "area": area_words(area)}
        return _("Reçoit %(people)s %(area)s.") % words


def reception_of(entry: Any, area: ServiceArea | None = None) -> Reception:
    """What an entry (``ResourcePage`` or one of its children) says; ``area`` when already read."""
    known = entry.service_area if area is None else area
    return Reception.of(entry.type.code, known, people_received(entry))


def serves(
    entry: Any, place: Place | None, age: int | str | None = None, public: str = ""
) -> ServiceAnswer:
    """Whether an entry receives a person, and the sentence that says so.

    ``entry`` is a ``Reception``, or an entry whose lists were read with it. ``place`` is where
    the person lives, ``age`` in years or a code of ``AgeGroup``, ``public`` a code of ``Public``;
    what is not given asks nothing. « No » when any of the three is surely refused, « unknown »
    when any is not said.
    """
    given = entry if isinstance(entry, Reception) else reception_of(entry)
    where = given.area.serves(place)
    who = _serves_person(given, age, public)
    if Served.NO in (where, who):
        return ServiceAnswer(Served.NO, given.sentence)
    if where is Served.UNKNOWN:
        return ServiceAnswer(Served.UNKNOWN, _unknown_area(given, place))
    if who is Served.UNKNOWN:
        if not given.may_be_called:
            sentence = _("%(sentence)s On ne sait pas qui y est reçu.")
        else:
            sentence = _("%(sentence)s Appelez pour savoir qui y est reçu.")
        return ServiceAnswer(Served.UNKNOWN, sentence % {"sentence": given.sentence})
    if where is Served.PARTLY and place:
        return ServiceAnswer(Served.PARTLY, _part_sentence(given, place))
    return ServiceAnswer(where, given.sentence)


def _serves_person(given: Reception, age: int | str | None, public: str) -> Served:
    """Whether somebody of this age or public is received, as far as it is said."""
    answers = []
    if age not in (None, ""):
        answers.append(_serves_age(given, age))
    if public in PUBLIC_AGES and public not in given.publics:
        answers.append(_serves_any_age(given, PUBLIC_AGES[Public(public)]))
    elif public and public not in given.publics:
        is_welcome = public == Public.PROCHES and given.welcomes_relatives
        if not is_welcome:
            answers.append(Served.NO if given.publics else Served.UNKNOWN)
    if Served.NO in answers:
        return Served.NO
    return Served.UNKNOWN if Served.UNKNOWN in answers else Served.YES


def _serves_age(given: Reception, age: int | str | None) -> Served:
    if not given.ages:
        return Served.UNKNOWN
    low, high = (age, age) if isinstance(age, int) else YEARS[AgeGroup(str(age))]
    if any(first <= high and low <= last for first, last in given.ages):
        return Served.YES
    is_between = isinstance(age, int) and age in BETWEEN_AUDIENCES and bool(given.audience)
    return Served.UNKNOWN if is_between else Served.NO


def _serves_any_age(given: Reception, groups: Sequence[AgeGroup]) -> Served:
    answers = [_serves_age(given, group) for group in groups]
    return Served.YES if Served.YES in answers else answers[0]


def _part_sentence(given: Reception, place: Place) -> str:
    """« Reçoit les adultes d’une partie du 15e arrondissement… »; what part, when it is known."""
    notes = given.area.notes(place)
    if notes:
        return " ".join([given.sentence, *notes])
    if set(place.codes) & given.area.partial.keys():
        ask = _("%(sentence)s Demandez si votre adresse en fait partie.")
        return ask % {"sentence": given.sentence}
    return given.sentence


def _unknown_area(given: Reception, place: Place | None) -> str:
    if place and given.commune and given.commune in place.codes and given.is_sectored:
        return _("Dans votre commune. Zone reçue non confirmée : demandez s’il vous reçoit.")
    return given.sentence
