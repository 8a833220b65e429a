"""Whom an entry receives, but for its area: what its page, its search document and ``serves`` say.

Below both: one reads it from the entry, the other from what the index kept of it.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from portal.base.choices import Public
from resources.choices import SECTORED_TYPES, AgeGroup, SectorAudience
from resources.entry.ages import PUBLIC_AGES, YEARS

OLDEST = 150
#: First and last years of age, both included.
Ages = tuple[int, int]
#: Whom a CMP is for, when it says no more.
PUBLICS_OF_AUDIENCE: dict[str, tuple[Public, ...]] = {
    SectorAudience.ADULTE: (Public.ADULTES,),
    SectorAudience.INFANTO_JUVENILE: (Public.ENFANTS, Public.ADOLESCENTS),
}


class ReceivedPeople(NamedTuple):
    """What an entry says of those it receives.

    ``publics`` are codes of ``Public``, those of its audience when it names none; ``ages`` its
    years, none when it says nothing of age; ``audience`` that of a CMP; ``commune`` the INSEE code
    where it stands, empty when that may not be said; ``may_be_called``: it has a number, so that
    one may be told to ask; ``notes`` the words on the communes that it serves in part, by INSEE
    code.
    """

    publics: tuple[str, ...] = ()
    ages: tuple[Ages, ...] = ()
    audience: str = ""
    commune: str = ""
    welcomes_relatives: bool = False
    may_be_called: bool = False
    notes: Mapping[str, str] = {}

    @property
    def accepted_publics(self) -> tuple[str, ...]:
        """The codes of ``Public`` that it does not refuse, as ``serves`` says; none when all.

        Relatives who are welcome are among those that it names. Ages alone refuse the publics that
        have none of them.
        """
        if self.publics:
            asks = self.welcomes_relatives and Public.PROCHES not in self.publics
            return (*self.publics, Public.PROCHES.value) if asks else self.publics
        received = set(groups_of(self.ages))
        if not received:
            return ()
        kept = (one for one in Public if received & set(PUBLIC_AGES.get(one, received)))
        return tuple(public.value for public in kept)

    @property
    def text(self) -> str:
        """What the index keeps of it: JSON of what differs from an entry that says nothing."""
        said = {name: value for name, value in self._asdict().items() if value}
        return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> "ReceivedPeople":
        """What ``text`` wrote; an entry that says nothing, for an empty text."""
        said = json.loads(text) if text else {}
        return cls(
            **said
            | {
                "publics": tuple(said.get("publics", ())),
                "ages": tuple((low, high) for low, high in said.get("ages", ())),
            }
        )


def people_received(entry: Any, notes: Mapping[str, str] | None = None) -> ReceivedPeople:
    """What an entry (``ResourcePage`` or a child) says; ``notes`` are those of its area."""
    audience = audience_of(entry)
    commune = entry.public_commune
    named = tuple(entry.publics)
    return ReceivedPeople(
        publics=named or tuple(one.value for one in PUBLICS_OF_AUDIENCE.get(audience, ())),
        ages=received_ages(entry.age_min, entry.age_max, named, audience),
        audience=audience,
        commune=commune.pk if commune else "",
        welcomes_relatives=entry.relatives_welcome,
        may_be_called=bool(entry.phone),
        notes={code: note for code, note in (notes or {}).items() if note},
    )


def audience_of(entry: Any) -> str:
    """That of a CMP, also when it was read as an entry like another; empty for the others."""
    # No other type has one: without asking, an entry of a list would cost a query.
    if entry.type.code not in SECTORED_TYPES:
        return ""
    page = entry if hasattr(entry, "audience") else getattr(entry, "cmppage", None)
    return str(page.audience) if page else ""


def received_ages(
    youngest: int | None, oldest: int | None, publics: Iterable[str] = (), audience: str = ""
) -> tuple[Ages, ...]:
    """The years that are received: those that are said, else those of the publics or audience.

    Several where the publics leave some between them.

    >>> received_ages(12, 25), received_ages(None, None, ["enfants", "personnes_agees"])
    (((12, 25),), ((0, 11), (65, 150)))
    """
    if youngest is not None or oldest is not None:
        return ((youngest or 0, OLDEST if oldest is None else oldest),)
    for said in (publics, PUBLICS_OF_AUDIENCE.get(audience, ())):
        groups = {group for public in said for group in PUBLIC_AGES.get(Public(public), ())}
        if groups:
            return _joined(YEARS[group] for group in AgeGroup if group in groups)
    return ()


def _joined(ranges: Iterable[Ages]) -> tuple[Ages, ...]:
    """Ranges in their order, those that follow one another made one."""
    found: list[Ages] = []
    for first, last in ranges:
        if found and found[-1][1] + 1 == first:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return tuple(found)


def groups_of(ages: Iterable[Ages]) -> tuple[str, ...]:
    """The codes of ``AgeGroup`` that some of these years belong to.

    >>> groups_of([(12, 25)]), groups_of([])
    (('12-17', '18-25'), ())
    """
    given = tuple(ages)
    return tuple(
        group.value
        for group in AgeGroup
        if any(first <= YEARS[group][1] and YEARS[group][0] <= last for first, last in given)
    )
