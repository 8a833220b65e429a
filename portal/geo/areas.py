"""Names of several communes together: intercommunalities, and the territories of a portal.

The intercommunalities (EPCI) are those of the shipped list, of all France: the ones that cross the
border of the department are places too. Territories are given by the caller, who may know some.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from rapidfuzz import process
from rapidfuzz.distance import OSA

from portal.geo.departments import departments
from portal.geo.gazetteer import (
    Gazetteer,
    GazetteerTown,
    department_towns,
    french_towns,
    quarters_of,
)
from portal.geo.names import fold
from portal.geo.place import Place, PlaceFound
from portal.geo.services import read_rows
from portal.geo.stopwords import ordinary_words
from portal.geo.tokenizer import TokenizedText

_KIND = re.compile(
    r"^(?:(?:CC|CA|CU|Métropole|METRO|Communauté (?:de communes|d'agglomération|urbaine))\b ?)?"
    r"(?:de la |de l'|du |des |de |d')?",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"\s*\([^)]*\)")
_PARTS = re.compile(r"\s+-\s+|-")
#: A part of a name is a name by itself when it is so long, and that of no other.
_SHORTEST_PART = 6
_SHORTEST_SLIP = 9
_MOST_WORDS = 8
#: What leads to a name: « la communauté de communes du », « dans le », « autour de ».
_LEADS = frozenset(
    ("communaute", "communes", "agglomeration", "agglo", "urbaine", "metropole", "territoire",
     "intercommunalite", "secteur", "dans", "sur", "vers", "chez", "pres", "autour", "a", "au",
     "aux", "en", "le", "la", "les", "l", "de", "du", "des", "d")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NamedArea:
    """Communes under one name: ``code`` is the SIREN of an EPCI, or the slug of a territory."""

    code: str
    name: str
    communes: tuple[str, ...]


def areas_by_name(areas: Iterable[NamedArea]) -> dict[str, NamedArea]:
    """Areas by each way to say their name, as ``area_in`` looks them up."""
    return {key: area for area in areas for key in _keys(area.name)}


def area_in(
    text: str, territories: Mapping[str, NamedArea] | None = None, *, whole: bool = False
) -> PlaceFound:
    """The area that a text names, its longest name first; ``whole``: nothing else may be said.

    ``territories``: more areas than the intercommunalities, as ``areas_by_name`` gives them.

    The name of a commune of the department is that commune, whatever area has it too.

    >>> area_in("cmp provence verte").rest
    'cmp'
    """
    reading = TokenizedText(text)
    names = reading.names
    known = territories or {}
    for count in range(min(_MOST_WORDS, len(names)), 0, -1):
        for start in range(len(names) - count + 1):
            key = fold("-".join(names[start : start + count]))
            area = known.get(key) or _epcis(settings.PORTAL_DEPARTEMENT).get(key)
            area = area or _like(key, known)
            if area is None or department_towns(settings.PORTAL_DEPARTEMENT).named(key):
                continue
            end = start + count
            while start and names[start - 1] in _LEADS:
                start -= 1
            rest = reading.without((start, end))
            if whole and rest:
                continue
            return PlaceFound(_place(area), reading.between(end - count, end), rest)
    return PlaceFound(rest=reading.text)


def _like(key: str, known: Mapping[str, NamedArea]) -> NamedArea | None:
    """The territory whose name of several words is written with one error: « pays salonnais »."""
    if "-" not in key or len(key) < _SHORTEST_SLIP:
        return None
    names = [name for name in known if "-" in name]
    close = process.extractOne(key, names, scorer=OSA.distance, score_cutoff=1)
    return known[close[0]] if close else None


def _keys(name: str) -> Iterator[str]:
    """Ways to say the name: whole, without its kind, and what comes before « et »."""
    told = _ACRONYM.sub("", name.replace("’", "'"))
    yield fold(told)
    short = _KIND.sub("", told)
    yield fold(short)
    first, _and, rest = short.partition(" et ")
    if rest and " " in first:
        yield fold(first)


@lru_cache(maxsize=4)
def _epcis(department: str) -> Mapping[str, NamedArea]:
    """The intercommunalities of France by what they are called; those of the department first.

    A part of a name (« Alpilles ») is one by itself in the department, when no other has it.
    """
    areas = [
        NamedArea(row["code"], row["nom"].replace("'", "’"), tuple(row["communes"].split("|")))
        for row in read_rows("epci")
    ]
    own = {town.code for town in department_towns(department)}
    areas.sort(key=lambda area: own.isdisjoint(area.communes))
    found: dict[str, NamedArea] = {}
    shared = Counter(word for area in areas for word in set(fold(area.name).split("-")))
    for area in areas:
        for key in _keys(area.name):
            if "-" in key or not own.isdisjoint(area.communes):
                found.setdefault(key, area)
        if not own.isdisjoint(area.communes):
            for key in _own_parts(area.name, shared):
                found.setdefault(key, area)
    common = ordinary_words()
    return {key: area for key, area in found.items() if "-" in key or key not in common}


def _own_parts(name: str, shared: Mapping[str, int]) -> Iterator[str]:
    for part in _PARTS.split(_KIND.sub("", _ACRONYM.sub("", name.replace("’", "'")))):
        key = fold(part)
        is_one = "-" in key or (len(key) >= _SHORTEST_PART and shared[key] == 1)
        if is_one and not french_towns().named(key):
            yield key


def _place(area: NamedArea) -> Place:
    department = settings.PORTAL_DEPARTEMENT
    own = _towns(department_towns(department), area.communes)
    towns = own or _towns(french_towns(), area.communes)
    largest = max(towns, key=lambda town: town.population, default=None)
    home = departments().get(largest.department) if largest and not own else None
    quarters = [quarter.code for town in towns for quarter in quarters_of(town)]
    lat, lon = _middle(towns)
    return Place(
        code=area.code,
        name=_shown(area.name),
        lat=lat,
        lon=lon,
        codes=(*(town.code for town in towns), *quarters),
        department=home.name if home else "",
        is_outside=not own,
        is_area=True,
    )


def _shown(name: str) -> str:
    """« Provence Verte » for « CA de la Provence Verte »."""
    told = _ACRONYM.sub("", name)
    if told.startswith("Métropole"):
        return told
    short = _KIND.sub("", told.replace("’", "'")).replace("'", "’")
    return f"{short[:1].upper()}{short[1:]}"


def _towns(known: Gazetteer, codes: Collection[str]) -> list[GazetteerTown]:
    return [town for code in codes for town in known.with_code(code)]


def _middle(towns: Iterable[GazetteerTown]) -> tuple[float | None, float | None]:
    """Where most people live: the mean of the communes, by their population."""
    sums: dict[str, float] = defaultdict(float)
    for town in towns:
        if town.lat is not None and town.lon is not None:
            weight = max(town.population, 1)
            sums["lat"] += weight * town.lat
            sums["lon"] += weight * town.lon
            sums["all"] += weight
    if not sums["all"]:
        return None, None
    return round(sums["lat"] / sums["all"], 4), round(sums["lon"] / sums["all"], 4)
