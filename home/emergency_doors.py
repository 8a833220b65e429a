"""Emergency entries of each territory, for the page « Aide maintenant »."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext as _

from portal.cache.cached import get_or_set
from portal.geo.models import Commune, Territory
from resources.choices import EntryStatus
from resources.entry.hours import hours_text
from resources.models import ResourcePage
from resources.service_areas.answers import Reception, reception_of
from resources.service_areas.doors import EMERGENCY_TYPES, HOSPITAL
from resources.service_areas.reading import read_service_areas


@dataclass(frozen=True, slots=True)
class EmergencyDoor:
    """A place to go to or to call; ``serves`` says whom it receives, in words of the page.

    ``language`` is that of its other texts.
    """

    title: str
    url: str
    phone: str
    address: str
    hours: str
    serves: str
    summary: str
    language: str


@dataclass(frozen=True, slots=True)
class EmergencyArea:
    """A territory: its emergency doors, and the hospitals to call where none surely serves.

    ``name`` is empty for doors of no territory. ``is_covered``: each commune has a door that serves
    it.
    """

    name: str
    doors: tuple[EmergencyDoor, ...]
    hospitals: tuple[EmergencyDoor, ...] = ()
    is_covered: bool = True


def emergency_areas(locale_id: int) -> tuple[EmergencyArea, ...]:
    """Each territory in its order, then the doors of none; from the cache until an entry changes.

    Entries are given in French: only they are sure to be as their editors left them.
    """
    return get_or_set(f"emergency-areas:{locale_id}", _read_areas)


@dataclass(frozen=True, slots=True)
class _Found:
    door: EmergencyDoor
    reception: Reception
    is_emergency: bool
    is_always_open: bool

    @property
    def rank(self) -> tuple[bool, bool, str]:
        """First those that say whom they receive, and of these the ones that never close."""
        return not self.reception.area.is_known, not self.is_always_open, self.door.title

    def receives(self, towns: Iterable[str]) -> bool:
        """Whether its area, as far as it is known, has one of these communes."""
        area = self.reception.area
        return area.everywhere or not {*area.entire, *area.partial}.isdisjoint(towns)


def _read_areas() -> tuple[EmergencyArea, ...]:
    found = _read_entries()
    quarters = _quarters()
    emergencies = sorted((one for one in found if one.is_emergency), key=lambda one: one.rank)
    areas = []
    placed: set[str] = set()
    for territory in Territory.objects.prefetch_related("communes"):
        towns = {
            code for one in territory.communes.all() for code in quarters.get(one.pk, [one.pk])
        }
        # A town stands for its quarters, in what entries say.
        codes = towns | {one.pk for one in territory.communes.all()}
        doors = [
            one for one in emergencies if one.reception.commune in codes or one.receives(codes)
        ]
        placed |= {one.door.url for one in doors}
        left = {town for town in towns if not any(_serves(one, town, quarters) for one in doors)}
        hospitals = [
            one
            for one in found
            if not one.is_emergency and {one.reception.commune, *_inside(one, quarters)} & left
        ]
        areas.append(
            EmergencyArea(
                territory.name,
                tuple(one.door for one in doors),
                tuple(one.door for one in hospitals),
                not left,
            )
        )
    if others := tuple(one.door for one in emergencies if one.door.url not in placed):
        areas.append(EmergencyArea("", others))
    return tuple(areas) if any(area.doors or area.hospitals for area in areas) else ()


def _serves(one: _Found, town: str, quarters: dict[str, list[str]]) -> bool:
    names = {town} | {whole for whole, parts in quarters.items() if town in parts}
    return one.receives(names)


def _inside(one: _Found, quarters: dict[str, list[str]]) -> list[str]:
    return quarters.get(one.reception.commune, [])


def _quarters() -> dict[str, list[str]]:
    """The arrondissements of each town that has some."""
    found: dict[str, list[str]] = {}
    rows = Commune.objects.exclude(parent=None).values_list("parent", "pk")
    for whole, part in rows:
        found.setdefault(whole, []).append(part)
    return found


def _read_entries() -> list[_Found]:
    is_emergency = Q(is_emergency=True) | Q(type__code__in=EMERGENCY_TYPES)
    listed = ResourcePage.objects.listed().filter(
        is_emergency | Q(type__code=HOSPITAL),
        locale__language_code=settings.LANGUAGE_CODE,
        is_example=False,
    )
    entries = list(
        listed.select_related("type", "commune", "cmppage").defer_streamfields().order_by("title")
    )
    prefetch_related_objects([entry for entry in entries if entry.has_closures], "closures")
    areas = read_service_areas(entries)
    return [_found(entry, reception_of(entry, areas[entry.pk])) for entry in entries]


def _found(entry: Any, reception: Reception) -> _Found:
    door = EmergencyDoor(
        title=entry.title,
        url=entry.url or "",
        phone=entry.phone,
        address=entry.public_address or entry.public_place,
        hours=_hours(entry),
        serves=reception.sentence if reception.area.is_known else "",
        summary=entry.summary,
        language=settings.LANGUAGE_CODE,
    )
    is_emergency = entry.is_emergency or entry.type.code in EMERGENCY_TYPES
    is_always_open = entry.opening_hours == "24/7" and entry.status == EntryStatus.OPEN
    return _Found(door, reception, is_emergency, is_always_open)


def _hours(entry: Any) -> str:
    """When it is open, as far as it is said."""
    unknown = _("Horaires inconnus : demandez en appelant.") if entry.phone else ""
    return hours_text(entry) or unknown
