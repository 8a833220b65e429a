"""Whether a door of the directory serves somebody: one answer, used everywhere.

``serves`` reads only what it is given and asks no database: ``resources.service_areas.reading``
fetches what it needs for many entries at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from portal.base.choices import Public
from portal.geo.place import Place
from portal.geo.service_area import Served, ServiceArea
from resources.choices import SECTORED_TYPES, AgeGroup, SectorAudience
from resources.entry.ages import PUBLIC_AGES, YEARS
from resources.service_areas.wording import area_words, enumerated

#: Some sectors for adults receive from 16, some for children until 17: at these ages, ask.
BETWEEN_AUDIENCES = range(16, 18)
_OLDEST = 150

#: First and last years of age.
Ages = tuple[int, int]


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

    ``kind`` is its type code; ``ages`` its years, None when it says nothing of age; ``audience``
    that of a CMP; ``commune`` the INSEE code where it stands, empty when that may not be said;
    ``may_be_called``: it has a number, so that one may be told to ask.
    """

    area: ServiceArea = field(default_factory=ServiceArea)
    kind: str = ""
    publics: tuple[str, ...] = ()
    ages: Ages | None = None
    audience: str = ""
    commune: str = ""
    welcomes_relatives: bool = False
    may_be_called: bool = True

    @property
    def is_sectored(self) -> bool:
        return self.kind in SECTORED_TYPES

    @property
    def people(self) -> str:
        """« les adultes », « les enfants et adolescents », « les personnes de 12 à 25 ans »."""
        if self.audience == SectorAudience.INFANTO_JUVENILE:
            return _("les enfants et adolescents")
        if self.audience == SectorAudience.ADULTE:
            return _("les adultes")
        words = {
            Public.ENFANTS: _("les enfants"),
            Public.ADOLESCENTS: _("les adolescents"),
            Public.ETUDIANTS: _("les étudiants"),
            Public.ADULTES: _("les adultes"),
            Public.PERSONNES_AGEES: _("les personnes âgées"),
            Public.PROCHES: _("les proches"),
        }
        said = [text for public, text in words.items() if public in self.publics]
        return enumerated(said) if said else _("les personnes")

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
    audience = _audience_of(entry)
    commune = entry.public_commune
    return Reception(
        area=entry.service_area if area is None else area,
        kind=entry.type.code,
        publics=tuple(entry.publics),
        ages=known_ages(entry.age_min, entry.age_max, entry.publics, audience),
        audience=audience,
        commune=commune.pk if commune else "",
        welcomes_relatives=entry.relatives_welcome,
        may_be_called=bool(entry.phone),
    )


def _audience_of(entry: Any) -> str:
    """That of a CMP, also when it was read as an entry like another."""
    page = entry if hasattr(entry, "audience") else getattr(entry, "cmppage", None)
    return page.audience if page else ""


def known_ages(
    youngest: int | None, oldest: int | None, publics: Sequence[str] = (), audience: str = ""
) -> Ages | None:
    """The years that are received: those that are said, else those of the publics or audience."""
    if youngest is not None or oldest is not None:
        return youngest or 0, _OLDEST if oldest is None else oldest
    if audience == SectorAudience.ADULTE:
        return 18, _OLDEST
    if audience == SectorAudience.INFANTO_JUVENILE:
        return 0, 17
    return _ages_of_publics(publics)


def _ages_of_publics(publics: Sequence[str]) -> Ages | None:
    return ages_of_groups(
        group for public in publics for group in PUBLIC_AGES.get(Public(public), ())
    )


def ages_of_groups(groups: Iterable[str]) -> Ages | None:
    """The years from the youngest to the oldest of these codes of ``AgeGroup``; None of none.

    What is no code says nothing.
    """
    years = [YEARS[AgeGroup(group)] for group in groups if group in AgeGroup.values]
    if not years:
        return None
    return min(low for low, _high in years), max(high for _low, high in years)


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
    if given.ages is None:
        return Served.UNKNOWN
    low, high = (age, age) if isinstance(age, int) else YEARS[AgeGroup(str(age))]
    first, last = given.ages
    if first <= high and low <= last:
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
