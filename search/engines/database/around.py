"""Distances from a place, in SQL."""

import math
from dataclasses import dataclass

from portal.geo.distance import KM_PER_DEGREE
from portal.geo.place import Mode, Place
from search.contracts import DISTANCES
from search.engines.database.sql import Sql, any_true, compose, listed, spaced, value

#: The band of what is in the place itself, whatever its distance.
INSIDE = 0
_ONE_CODE = len("|13001|")


@dataclass(frozen=True, slots=True)
class Around:
    """What a place says of each document ``t``; a whole department has no point."""

    place: Place | None

    @property
    def point(self) -> tuple[float, float] | None:
        if self.place is None or self.place.mode is Mode.DEPARTMENT:
            return None
        return self.place.point

    @property
    def square(self) -> Sql:
        """The square of the distance in kilometres, as ``portal.geo.distance`` has it.

        Compared as it is: SQLite would call Python for each square root.
        """
        if self.point is None:
            return Sql("NULL")
        lat, lon = self.point
        east = KM_PER_DEGREE * math.cos(math.radians(lat))
        return Sql(
            "((t.lat - %s) * (t.lat - %s) * %s + (t.lon - %s) * (t.lon - %s) * %s)",
            (lat, lat, KM_PER_DEGREE**2, lon, lon, east**2),
        )

    @property
    def inside(self) -> Sql:
        """Whether the document is in the place, or serves it."""
        codes = [f"|{code}|" for code in self.place.codes] if self.place else []
        if not codes:
            return Sql("1 = 0")
        # Most documents have one commune: one look in a list, rather than many in a text.
        one = compose("t.communes IN ({codes})", codes=listed(*map(value, codes)))
        several = any_true(
            *(
                compose("REPLACE(t.communes, {code}, '') <> t.communes", code=value(code))
                for code in codes
            )
        )
        return compose(
            "CASE WHEN LENGTH(t.communes) <= {length} THEN {one} ELSE {several} END",
            length=value(_ONE_CODE),
            one=one,
            several=several,
        )

    @property
    def elsewhere(self) -> Sql:
        return compose("CASE WHEN {inside} THEN 0 ELSE 1 END", inside=self.inside)

    def band(self, km: int | None) -> Sql:
        """The least distance that takes the document in; NULL when far, or unknown."""
        if self.point is None:
            return Sql("NULL")
        steps = sorted({*DISTANCES, km} if km else DISTANCES)
        nearer = [
            compose(
                "WHEN {square} <= {limit} THEN {step}",
                square=self.square,
                limit=value(step**2),
                step=value(step),
            )
            for step in steps
        ]
        return compose(
            "CASE WHEN {inside} THEN 0 {steps} END",
            inside=self.inside,
            steps=spaced(*nearer),
        )

    def within(self, km: int | None) -> Sql | None:
        if self.point is None or not km:
            return None
        near = compose("{square} <= {limit}", square=self.square, limit=value(km**2))
        return any_true(self.inside, near)
