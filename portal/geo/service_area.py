"""Whom a place or service receives, by where people live; plain Python, without Django's database.

The zone of eligibility of data·inclusion and the service area of HSDS, as one value: communes
served entirely or in part, everywhere, or nothing known.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeGuard

from portal.geo.place import Place, PlaceMode

#: How ``ServiceArea.codes`` writes « the whole department », and a commune served in part.
EVERYWHERE = "*"
PARTIAL_MARK = "~"
#: After the commune where a door stands that receives by address, nobody knows which ones.
UNCONFIRMED_MARK = "?"


class Served(StrEnum):
    """Whether a place is served; the codes are part of the public data."""

    YES = "oui"
    PARTLY = "partie"
    NO = "non"
    UNKNOWN = "inconnu"


@dataclass(frozen=True, slots=True)
class ServiceArea:
    """INSEE codes of the communes served: ``entire``, or in part (``partial``, code → note).

    A note says which part (« au nord du boulevard »); it may be empty. A commune in both is
    entire. ``everywhere`` is the whole department. Nothing at all: the area is not known.
    """

    entire: frozenset[str] = frozenset()
    partial: Mapping[str, str] = field(default_factory=dict)
    everywhere: bool = False

    @property
    def is_known(self) -> bool:
        return self.everywhere or bool(self.entire) or bool(self.partial)

    @property
    def codes(self) -> tuple[str, ...]:
        """The area as codes to be indexed: ``13211``, ``13215~``, ``*``; none when unknown."""
        if self.everywhere:
            return (EVERYWHERE,)
        parts = (f"{code}{PARTIAL_MARK}" for code in self.partial if code not in self.entire)
        return tuple(sorted((*self.entire, *parts)))

    @classmethod
    def from_codes(
        cls, codes: Iterable[str], notes: Mapping[str, str] | None = None
    ) -> "ServiceArea":
        """What ``codes`` wrote, but for what is not confirmed; ``notes`` are not in them."""
        given = {code for code in codes if not code.endswith(UNCONFIRMED_MARK)}
        if EVERYWHERE in given:
            return cls(everywhere=True)
        marked = {code for code in given if code.endswith(PARTIAL_MARK)}
        partial = (code.removesuffix(PARTIAL_MARK) for code in marked)
        return cls(frozenset(given - marked), {one: (notes or {}).get(one, "") for one in partial})

    def serves(self, place: Place | None) -> Served:
        """Whether people of this place are received; unknown without a commune.

        A town that has arrondissements is served in part when some of them are.
        """
        if not self.is_known:
            return Served.UNKNOWN
        if place is None or not place.codes:
            return Served.YES if self.everywhere and not _is_outside(place) else Served.UNKNOWN
        if self.everywhere:
            return Served.NO if place.is_outside else Served.YES
        return self._serves_communes(place)

    def _serves_communes(self, place: Place) -> Served:
        others = set(place.codes) - {place.code}
        if place.code in self.entire:
            return Served.YES
        # An arrondissement has one other code, its whole town's; a town has several.
        is_all = others <= self.entire if len(others) > 1 else bool(others & self.entire)
        if is_all:
            return Served.YES
        known = self.entire | self.partial.keys()
        return Served.PARTLY if known & set(place.codes) else Served.NO

    def serves_some(self, communes: Collection[str]) -> bool:
        """Whether any of these communes of the department is served, entirely or in part."""
        known = self.entire | self.partial.keys()
        return self.everywhere or not known.isdisjoint(communes)

    def notes(self, place: Place) -> tuple[str, ...]:
        """What is known of the part that is served of a place."""
        return tuple(note for code in place.codes if (note := self.partial.get(code)))


def unconfirmed_codes(commune: str) -> tuple[str, ...]:
    """The indexed codes of a door of this commune that receives by address, not said which.

    People of its commune may be told to ask; to others it is no answer.
    """
    return (f"{commune}{UNCONFIRMED_MARK}",)


def unconfirmed_commune(codes: Iterable[str]) -> str:
    """The commune of ``unconfirmed_codes``; empty when these codes are of a known area, or none."""
    found = (code for code in codes if code.endswith(UNCONFIRMED_MARK))
    return next(found, "").removesuffix(UNCONFIRMED_MARK)


def may_serve(codes: Collection[str], place: Place) -> bool:
    """Whether a place may be served by an area, as its indexed codes: nothing says that not."""
    unconfirmed = (f"{code}{UNCONFIRMED_MARK}" in codes for code in place.codes)
    return not codes or serves_any(codes, place) or any(unconfirmed)


def serves_any(codes: Collection[str], place: Place) -> bool:
    """Whether an area, as its indexed codes, has anything of a place; false when unknown."""
    if EVERYWHERE in codes:
        return not place.is_outside
    return any(code in codes or f"{code}{PARTIAL_MARK}" in codes for code in place.codes)


def has_commune(place: Place | None) -> TypeGuard[Place]:
    """Whether a place is precise enough to tell which doors serve it."""
    return place is not None and place.mode is not PlaceMode.DEPARTMENT and bool(place.codes)


def _is_outside(place: Place | None) -> bool:
    return place is not None and place.is_outside
