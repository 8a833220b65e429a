"""The names of the communes of France, in memory.

The lookup of a place does not ask the database: each question of a reader needs dozens of
look-ups (every run of words may be a name), the list changes once a year with the portal
itself, a portal may have loaded its own department only, and a place must still be
understood when the database is slow. A process reads the shipped list once: its own
department at the first question, the rest of France when a name is not of the department.
"""

import itertools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from portal.geo.names import fold, plain
from portal.geo.services import read_rows
from portal.geo.vocabulary import ARTICLES, TIES


class Town(NamedTuple):
    """A commune or a municipal arrondissement. ``parent`` is the code of its whole town."""

    code: str
    name: str
    department: str
    postcodes: str
    population: int
    lat: float | None
    lon: float | None
    parent: str

    @property
    def key(self) -> str:
        return fold(self.name)

    @property
    def article(self) -> str:
        """« le » for Le Rove, « l » for L’Isle-sur-la-Sorgue; empty for most."""
        first, _, rest = plain(self.name).partition(" ")
        return first if rest and first in ARTICLES else ""


class Gazetteer:
    """Towns by name and by postcode, the most populous first."""

    def __init__(self, towns: Iterable[Town]) -> None:
        self.by_key: dict[str, tuple[Town, ...]] = {}
        self.by_code: dict[str, Town] = {}
        self._parts: dict[str, tuple[Town, ...]] = {}
        for town in sorted(towns, key=lambda town: -town.population):
            self.by_code[town.code] = town
            key = town.key
            self.by_key[key] = (*self.by_key.get(key, ()), town)

    @cached_property
    def by_postcode(self) -> dict[str, tuple[Town, ...]]:
        found: dict[str, list[Town]] = defaultdict(list)
        for town in self.by_code.values():
            for postcode in town.postcodes.split("|"):
                found[postcode].append(town)
        return {postcode: tuple(towns) for postcode, towns in found.items() if postcode}

    @cached_property
    def by_short_name(self) -> dict[str, tuple[Town, ...]]:
        """Towns by what people keep of their names: « aix », « saint-remy », « aix-provence »."""
        found: dict[str, list[Town]] = defaultdict(list)
        for key, towns in self.by_key.items():
            for short in _short_names(key):
                found[short].extend(towns)
        return {
            short: tuple(sorted(dict.fromkeys(towns), key=lambda town: -town.population))
            for short, towns in found.items()
        }

    @cached_property
    def words(self) -> dict[int, tuple[str, ...]]:
        """The words of the names, by length: what a typing error may be a slip of."""
        found: dict[int, set[str]] = defaultdict(set)
        for key in self.by_key:
            for word in key.split("-"):
                found[len(word)].add(word)
        return {length: tuple(sorted(words)) for length, words in found.items()}

    @cached_property
    def starts(self) -> list[tuple[str, Town]]:
        """Names and towns in alphabetical order, for a completion."""
        return sorted((key, town) for key, towns in self.by_key.items() for town in towns)

    def starting_with(self, start: str) -> Iterator[Town]:
        """Towns whose name or postcode begins so, the most populous first."""
        if start.isdigit():
            codes = [code for code in self.by_postcode if code.startswith(start)]
            towns = [town for code in codes for town in self.by_postcode[code]]
        else:
            first = bisect_left(self.starts, (start,))
            rows = itertools.takewhile(
                lambda row: row[0].startswith(start), itertools.islice(self.starts, first, None)
            )
            towns = [town for _key, town in rows]
        return iter(sorted(towns, key=lambda town: -town.population))

    @cached_property
    def quarters(self) -> dict[str, tuple[Town, ...]]:
        """The arrondissements of each town that has some, by its code."""
        found: dict[str, list[Town]] = defaultdict(list)
        for town in self.by_code.values():
            if town.parent:
                found[town.parent].append(town)
        return {code: tuple(sorted(towns)) for code, towns in found.items()}


def _short_names(key: str) -> Iterator[str]:
    words = key.split("-")
    if words[-1].isdigit():
        return
    for count in range(1, len(words)):
        if words[count - 1] not in TIES:
            yield "-".join(words[:count])
    untied = [word for word in words if word not in TIES]
    if len(untied) < len(words):
        yield "-".join(untied)
    if len(words) > 1:
        yield "".join(words)


def _towns(department: str = "") -> Iterator[Town]:
    for row in read_rows("communes"):
        if department and row["departement"] != department:
            continue
        yield Town(
            code=row["code_insee"],
            name=row["nom"].removesuffix(" Arrondissement"),
            department=row["departement"],
            postcodes=row["codes_postaux"],
            population=int(row["population"] or 0),
            lat=float(row["lat"]) if row["lat"] else None,
            lon=float(row["lon"]) if row["lon"] else None,
            parent=row["commune_parent"],
        )


@lru_cache(maxsize=4)
def department_towns(department: str) -> Gazetteer:
    """The communes of one department (INSEE code); empty when there is no such department."""
    return Gazetteer(_towns(department)) if department else Gazetteer(())


@cache
def french_towns() -> Gazetteer:
    """All the communes of France."""
    return Gazetteer(_towns())


def quarters_of(town: Town) -> tuple[Town, ...]:
    """The arrondissements of Paris, Lyon or Marseille; none for another town."""
    return department_towns(town.department).quarters.get(town.code, ())
