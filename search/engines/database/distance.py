"""Distances from a place, in SQL."""

import math
from dataclasses import dataclass

from portal.geo.distance import KM_PER_DEGREE
from portal.geo.place import Place, PlaceMode
from search.contracts import DISTANCES
from search.engines.database.sql import (
    SqlFragment,
    all_true,
    any_true,
    compose,
    listed,
    spaced,
    value,
)

#: The band of what is in the place itself, whatever its distance.
INSIDE = 0


@dataclass(frozen=True, slots=True)
class DistanceSql:
    """What a place says of each document ``t``; a whole department has no point."""

    place: Place | None

    @property
    def point(self) -> tuple[float, float] | None:
        if self.place is None or self.place.mode is PlaceMode.DEPARTMENT:
            return None
        return self.place.point

    @property
    def square(self) -> SqlFragment:
        """The square of the distance in kilometres, as ``portal.geo.distance`` has it.

        Compared as it is: SQLite would call Python for each square root.
        """
        if self.point is None:
            return SqlFragment("NULL")
        lat, lon = self.point
        east = KM_PER_DEGREE * math.cos(math.radians(lat))
        return SqlFragment(
            "((t.lat - %s) * (t.lat - %s) * %s + (t.lon - %s) * (t.lon - %s) * %s)",
            (lat, lat, KM_PER_DEGREE**2, lon, lon, east**2),
        )

    @property
    def inside(self) -> SqlFragment:
        """Whether the document is in the place, or serves it."""
        codes = self.place.codes if self.place else ()
        if not codes:
            return SqlFragment("1 = 0")
        several = [
            compose("REPLACE(t.communes, {code}, '') <> t.communes", code=value(f"|{code}|"))
            for code in codes
        ]
        return compose(
            "t.commune IN ({codes}) OR t.commune = '' AND ({several})",
            codes=listed(*map(value, codes)),
            several=any_true(*several),
        )

    @property
    def elsewhere(self) -> SqlFragment:
        return compose("CASE WHEN {inside} THEN 0 ELSE 1 END", inside=self.inside)

    def band(self, km: int | None) -> SqlFragment:
        """The least distance that takes the document in; NULL when far, or unknown."""
        if self.point is None:
            return SqlFragment("NULL")
        nearer = [
            compose(
                "WHEN {square} <= {limit} THEN {step}",
                square=self.square,
                limit=value(step**2),
                step=value(step),
            )
            for step in distance_steps(km)
        ]
        return compose(
            "CASE WHEN {inside} THEN 0 WHEN {near} THEN CASE {steps} END END",
            inside=self.inside,
            near=self._at_most(distance_steps(km)[-1]),
            steps=spaced(*nearer),
        )

    def within(self, km: int | None) -> SqlFragment | None:
        if self.point is None or km is None:
            return None
        near = compose("{square} <= {limit}", square=self.square, limit=value(km**2))
        return all_true(self.neighbours(km), any_true(self.inside, near))

    def neighbours(self, km: int) -> SqlFragment:
        """Leaves out, with indexes alone, most of what is beyond ``km``."""
        codes = self.place.codes if self.place else ()
        return any_true(
            self._at_most(km),
            compose("t.commune IN ({codes})", codes=listed(*map(value, ("", *codes)))),
        )

    def _at_most(self, km: int) -> SqlFragment:
        """What is not too far north or south."""
        lat = self.point[0] if self.point else 0.0
        degrees = km / KM_PER_DEGREE
        return compose(
            "t.lat BETWEEN {south} AND {north}",
            south=value(lat - degrees),
            north=value(lat + degrees),
        )


def distance_steps(km: int | None) -> list[int]:
    """The distances that are counted: those of the facet, and the one chosen."""
    return sorted({*DISTANCES, km} if km else DISTANCES)
