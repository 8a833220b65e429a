"""The names of the communes of France, in memory.

The lookup of a place does not ask the database: each question of a reader needs dozens of
look-ups (every run of words may be a name), the list changes once a year with the portal
itself, a portal may have loaded its own department only, and a place must still be
understood when the database is slow. A process reads the shipped list once: its own
department at the first question, the rest of France when a name is not of the department.
"""

import csv
import itertools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from django.conf import settings

from portal.geo.names import fold, plain
from portal.geo.services import DATA_DIR, read_rows
from portal.geo.stopwords import ARTICLES, TIES
from portal.text.phonetics import phonetic_key


class GazetteerTown(NamedTuple):
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
        """The article of the name: « le » for Le Rove, « l » for L’Isle-sur-la-Sorgue; or empty."""
        first, _, rest = plain(self.name).partition(" ")
        return first if rest and first in ARTICLES else ""


class OtherName(NamedTuple):
    """A name that is no commune's: a quarter, a hamlet, a usual abbreviation, a former commune.

    ``code`` is the commune or arrondissement where it is; ``is_only_in_field``: in a question, its
    words mean something else first (« les médecins », « préfecture »); ``is_word``: they do unless
    they are used as a place is, with their article (« gem le panier », « le panier moyen »).
    """

    name: str
    code: str
    is_only_in_field: bool
    is_word: bool = False

    @property
    def article(self) -> str:
        """Its article, or empty: « l » for L’Estaque."""
        first, _, rest = plain(self.name).partition(" ")
        return first if rest and first in ARTICLES else ""


#: Shorter words sound like too many others.
_SHORTEST_HEARD = 5
#: The fields of a ``Town``, in their order.
_Row = tuple[Any, ...]


class Gazetteer:
    """Towns by name, by code and by postcode; where there are several, the most populous first.

    Holds plain tuples, not ``Town``: the garbage collector has no need to visit them.
    """

    def __init__(
        self, towns: Iterable[GazetteerTown], other_names: Iterable[OtherName] = ()
    ) -> None:
        self._by_code: dict[str, _Row] = {}
        self._by_key: dict[str, tuple[_Row, ...]] = {}
        for town in sorted(towns, key=lambda town: -town.population):
            row, key = tuple(town), town.key
            self._by_code[town.code] = row
            self._by_key[key] = (*self._by_key.get(key, ()), row)
        self._others: dict[str, tuple[OtherName, ...]] = {}
        for other in other_names:
            key = fold(other.name)
            self._others[key] = (*self._others.get(key, ()), other)

    def __len__(self) -> int:
        return len(self._by_code)

    def __iter__(self) -> Iterator[GazetteerTown]:
        return map(GazetteerTown._make, self._by_code.values())

    @property
    def names(self) -> Collection[str]:
        """All names, folded (``portal.geo.names.fold``)."""
        return self._by_key.keys()

    def named(self, key: str) -> tuple[GazetteerTown, ...]:
        """The towns whose whole name is ``key``, folded."""
        return _as_towns(self._by_key.get(key, ()))

    def with_code(self, code: str) -> tuple[GazetteerTown, ...]:
        """The town of this INSEE code, if any."""
        return _as_towns((self._by_code[code],) if code in self._by_code else ())

    def with_postcode(self, postcode: str) -> tuple[GazetteerTown, ...]:
        return _as_towns(self._by_postcode.get(postcode, ()))

    def nicknamed(self, short: str) -> tuple[GazetteerTown, ...]:
        """Towns by the short form of their name: « aix », « saint-remy », « aix-provence »."""
        return _as_towns(self._by_short_name.get(short, ()))

    def called(self, key: str, article: str = "") -> tuple[OtherName, ...]:
        """The quarters or hamlets of this folded name, first the one that has this article.

        « Castellane » and « La Castellane » are two places of Marseille.
        """
        others = self._others.get(key, ())
        return tuple(sorted(others, key=lambda other: other.article != article))

    @cached_property
    def other_keys(self) -> tuple[str, ...]:
        """The folded names of quarters and hamlets; an abbreviation is written as it is."""
        return tuple(key for key in self._others if not key[-1].isdigit())

    def starting_with(self, start: str) -> Iterator[GazetteerTown]:
        """Towns whose name or postcode begins so, the most populous first."""
        if start.isdigit():
            codes = [code for code in self._by_postcode if code.startswith(start)]
            rows = [row for code in codes for row in self._by_postcode[code]]
        else:
            first = bisect_left(self._sorted_names, start)
            after = itertools.islice(self._sorted_names, first, None)
            keys = itertools.takewhile(lambda key: key.startswith(start), after)
            rows = [row for key in keys for row in self._by_key[key]]
        return iter(sorted(_as_towns(rows), key=lambda town: -town.population))

    def others_starting_with(self, start: str) -> Iterator[OtherName]:
        """Quarters and hamlets whose name begins so, with its article or without, by name."""
        for key, others in sorted(self._others.items()):
            for other in others:
                if key.startswith(start) or key.removeprefix(f"{other.article}-").startswith(start):
                    yield other

    @cached_property
    def words(self) -> dict[int, tuple[str, ...]]:
        """The words of the names by length, to compare a mistyped word with."""
        found: dict[int, set[str]] = defaultdict(set)
        for key in self._by_key:
            for word in key.split("-"):
                found[len(word)].add(word)
        return {length: tuple(sorted(words)) for length, words in found.items()}

    @cached_property
    def words_by_sound(self) -> dict[str, tuple[str, ...]]:
        """The words of the names by how they sound: « vitrole » is « vitrolles »."""
        found: dict[str, set[str]] = defaultdict(set)
        for length, words in self.words.items():
            for word in words if length >= _SHORTEST_HEARD else ():
                found[phonetic_key(word)].add(word)
        return {sound: tuple(sorted(words)) for sound, words in found.items()}

    @cached_property
    def quarters(self) -> dict[str, tuple[GazetteerTown, ...]]:
        """The arrondissements of each town that has some, by its code."""
        found: dict[str, list[GazetteerTown]] = defaultdict(list)
        for town in self:
            if town.parent:
                found[town.parent].append(town)
        return {code: tuple(sorted(towns)) for code, towns in found.items()}

    @cached_property
    def _by_postcode(self) -> dict[str, tuple[_Row, ...]]:
        found: dict[str, list[_Row]] = defaultdict(list)
        for town in self:
            for postcode in filter(None, town.postcodes.split("|")):
                found[postcode].append(self._by_code[town.code])
        return {postcode: tuple(rows) for postcode, rows in found.items()}

    @cached_property
    def _by_short_name(self) -> dict[str, tuple[_Row, ...]]:
        found: dict[str, dict[str, _Row]] = defaultdict(dict)
        for town in self:
            for short in _short_names(town):
                found[short][town.code] = self._by_code[town.code]
        return {short: tuple(rows.values()) for short, rows in found.items()}

    @cached_property
    def _sorted_names(self) -> list[str]:
        return sorted(self._by_key)


def _as_towns(rows: Iterable[_Row]) -> tuple[GazetteerTown, ...]:
    return tuple(map(GazetteerTown._make, rows))


def _short_names(town: GazetteerTown) -> Iterator[str]:
    key = town.key
    words = key.split("-")
    if words[-1].isdigit():
        return
    for count in range(1, len(words)):
        if words[count - 1] not in TIES:
            yield "-".join(words[:count])
    untied = [word for word in words if word not in TIES]
    if len(untied) < len(words):
        yield "-".join(untied)
    if len(words) > 1 or town.article:
        yield "".join(words)
        yield plain(town.name).replace(" ", "")


def _towns(department: str = "") -> Iterator[GazetteerTown]:
    for row in read_rows("communes"):
        if department and row["departement"] != department:
            continue
        yield GazetteerTown(
            code=row["code_insee"],
            name=row["nom"].removesuffix(" Arrondissement"),
            department=row["departement"],
            postcodes=row["codes_postaux"],
            population=int(row["population"] or 0),
            lat=float(row["lat"]) if row["lat"] else None,
            lon=float(row["lon"]) if row["lon"] else None,
            parent=row["commune_parent"],
        )


def _other_names(department: str) -> Iterator[OtherName]:
    """Former communes that merged into one of the department, then the editable list."""
    for row in read_rows("former_communes"):
        if row["code_insee"].startswith(department):
            yield OtherName(row["nom"], row["code_insee"], is_only_in_field=False)
    yield from _place_names()


def _place_names() -> Iterator[OtherName]:
    """The list ``data/place_names.csv``: anyone may add a line to it, with its source.

    ``champ_seulement`` is « oui » (only in « Où ? »), « mot » (an ordinary word), or empty.
    """
    with (DATA_DIR / "place_names.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            use = row["champ_seulement"]
            yield OtherName(row["nom"], row["code_insee"], use == "oui", is_word=use == "mot")


@lru_cache(maxsize=4)
def department_towns(department: str) -> Gazetteer:
    """The communes of one department (INSEE code); empty when there is no such department."""
    if not department:
        return Gazetteer(())
    return Gazetteer(_towns(department), _other_names(department))


@cache
def french_towns() -> Gazetteer:
    """All the communes of France."""
    return Gazetteer(_towns())


def quarters_of(town: GazetteerTown) -> tuple[GazetteerTown, ...]:
    """The arrondissements of Paris, Lyon or Marseille; none for another town."""
    is_own = town.department == settings.PORTAL_DEPARTEMENT
    towns = department_towns(town.department) if is_own else french_towns()
    return towns.quarters.get(town.code, ())


#: A town of so many people, so near in degrees, is known by its short name on this side too.
_KNOWN_BESIDE, _BESIDE = 5_000, 0.6


@lru_cache(maxsize=4)
def neighbour_towns(department: str) -> Gazetteer:
    """The well-known towns of the departments around this one: « Saint-Maximin », « La Seyne »."""
    points = [(town.lat, town.lon) for town in department_towns(department)]
    known = [(lat, lon) for lat, lon in points if lat is not None and lon is not None]
    if not known:
        return Gazetteer(())
    lats, lons = zip(*known, strict=True)
    return Gazetteer(
        town
        for town in french_towns()
        if town.department != department
        and town.population >= _KNOWN_BESIDE
        and town.lat is not None
        and town.lon is not None
        and min(lats) - _BESIDE <= town.lat <= max(lats) + _BESIDE
        and min(lons) - _BESIDE <= town.lon <= max(lons) + _BESIDE
    )
