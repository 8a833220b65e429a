"""Choice of the entries of a poster: emergencies first, then one of each wanted type in turn."""

from collections.abc import Callable, Iterable
from itertools import chain, islice
from typing import NamedTuple

from django.db.models import Avg

from portal.geo.models import Commune, Territory
from portal.geo.names import short_commune_name
from resources.models import ResourcePage
from resources.printing.querysets import communes_of, printable_entries
from resources.service_areas.reading import read_service_areas

MOST_ENTRIES = 8
MOST_EMERGENCIES = 2
#: Beyond, it is no longer « near »; for an emergency one goes as far as it takes, but never to
#: one that serves others.
NEAR_KM = 30
EMERGENCY_TYPES = frozenset(("URGENCES_PSY", "CENTRE_CRISE"))
#: In the order in which somebody who needs help may want them.
WANTED_TYPES = (
    "CMP",
    "CMPEA",
    "GEM",
    "MDA",
    "CMPP",
    "BAPU",
    "CSAPA",
    "UNAFAM",
    "HOPITAL_PSY",
    "DAC",
)


class PosterEntry(NamedTuple):
    title: str
    kind: str
    commune: str
    phone: str
    is_emergency: bool


def get_poster_entries(territory: Territory | None) -> list[PosterEntry]:
    """The places to show, the most wanted first; each has a number to call."""
    known = printable_entries().select_related("type", "commune")
    known = known.exclude(phone="").filter(commune__isnull=False, address_is_masked=False)
    middle = _middle(territory)
    if middle:
        known = known.near(*middle)
    found = list(known if middle else known.order_by("title"))
    inside, elsewhere = _of_territory(found, territory)
    # Nearest first, and before them all those that serve it, or are there and may serve it.
    near = sorted((entry for entry in found if entry.pk not in elsewhere), key=_is_not_in(inside))
    emergencies = [entry for entry in near if _is_emergency(entry)]
    others = [
        entry
        for entry in near
        if not _is_emergency(entry) and (entry.pk in inside or _kilometres(entry) < NEAR_KM)
    ]
    here = [entry for entry in others if entry.pk in inside]
    beyond = [entry for entry in others if entry.pk not in inside]
    chosen = chain(emergencies[:MOST_EMERGENCIES], _round_robin(here), _round_robin(beyond))
    return [_poster_entry(entry) for entry in islice(chosen, MOST_ENTRIES)]


def _of_territory(
    entries: list[ResourcePage], territory: Territory | None
) -> tuple[set[int], set[int]]:
    """The keys of those that serve the territory or stand there, and of those that serve others."""
    if territory is None:
        return set(), set()
    communes = set(Commune.objects.filter(communes_of(territory)).values_list("pk", flat=True))
    codes = territory.codes_of_place
    inside, elsewhere = set(), set()
    for pk, area in read_service_areas(entries).items():
        if area.is_known:
            (inside if area.serves_some(codes) else elsewhere).add(pk)
    there = (one.pk for one in entries if one.commune_id in communes)
    return inside | (set(there) - elsewhere), elsewhere


def _is_not_in(inside: set[int]) -> Callable[[ResourcePage], bool]:
    return lambda entry: entry.pk not in inside


def _round_robin(entries: Iterable[ResourcePage]) -> Iterable[ResourcePage]:
    """One of each wanted type, then a second of each…: no type takes all the places."""
    by_type: dict[str, list[ResourcePage]] = {code: [] for code in WANTED_TYPES}
    for entry in entries:
        if entry.type.code in by_type:
            by_type[entry.type.code].append(entry)
    longest = max(map(len, by_type.values()))
    for turn in range(longest):
        yield from (found[turn] for found in by_type.values() if turn < len(found))


def _is_emergency(entry: ResourcePage) -> bool:
    return entry.is_emergency or entry.type.code in EMERGENCY_TYPES


def _middle(territory: Territory | None) -> tuple[float, float] | None:
    if territory is None:
        return None
    communes = Commune.objects.filter(communes_of(territory))
    point = communes.aggregate(lat=Avg("lat"), lon=Avg("lon"))
    return None if point["lat"] is None else (point["lat"], point["lon"])


def _kilometres(entry: ResourcePage) -> float:
    """How far from the middle of the territory; without one, everything is near."""
    return getattr(entry, "distance", 0.0) or 0.0


def _poster_entry(entry: ResourcePage) -> PosterEntry:
    return PosterEntry(
        title=entry.title,
        kind=entry.type.name,
        commune=short_commune_name(entry.public_commune.name),
        phone=entry.phone,
        is_emergency=_is_emergency(entry),
    )
