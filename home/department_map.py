"""The department as a small picture: its territories, or the communes that the project touches.

Drawn by the server, for any department whose borders the portal has. The words and the list beside
a picture say the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actions.choices import ActionStatus
from actions.models import ActionPage
from portal.cache.cached import get_or_set
from portal.geo.boundaries import area_path, static_map
from portal.geo.models import Commune, Territory

#: Characters of the outline of one territory.
_MOST_OF_AREA = 1500
#: An action that nobody took up, or that was given up, touches nobody.
_NOT_THERE = (ActionStatus.PROPOSED, ActionStatus.DROPPED)


@dataclass(frozen=True, slots=True)
class MapArea:
    """``label`` stands at ``x``, ``y``; empty when the area has none."""

    path: str
    label: str = ""
    x: int = 0
    y: int = 0
    is_touched: bool = False


@dataclass(frozen=True, slots=True)
class DepartmentMap:
    """``outline`` is that of the department; ``description`` says the picture in words."""

    width: int
    height: int
    outline: str
    areas: tuple[MapArea, ...]
    description: str


@dataclass(frozen=True, slots=True)
class TouchedCommunes:
    """What the picture of the project says: ``everywhere`` actions are of the whole department."""

    drawing: DepartmentMap | None
    touched: int
    total: int
    everywhere: int


def draw_territories(territories: Iterable[Territory]) -> DepartmentMap | None:
    """Each territory with its rank, as the list below numbers them; None without borders."""
    frame = static_map()
    if frame is None:
        return None
    areas = []
    for rank, territory in enumerate(territories, start=1):
        communes = list(territory.communes.all())
        path = area_path(frozenset(one.pk for one in communes), most=_MOST_OF_AREA)
        points = [frame.at(*point) for one in communes if (point := _point(one))]
        if path and points:
            x, y = (round(sum(axis) / len(points)) for axis in zip(*points, strict=True))
            areas.append(MapArea(path, str(rank), x, y))
    if not areas:
        return None
    told = _("Carte du département : %(n)s territoires, numérotés comme dans la liste.")
    return DepartmentMap(
        frame.width, frame.height, frame.path, tuple(areas), told % {"n": len(areas)}
    )


def _point(commune: Commune) -> tuple[float, float] | None:
    if commune.lat is None or commune.lon is None:
        return None
    return commune.lat, commune.lon


def touched_communes() -> TouchedCommunes | None:
    """The communes of the territories where an action is under way, to come or done.

    None when there is none, or no commune to count.
    """
    # In a tuple: None is no value for the cache. The description is in the reader's language.
    return get_or_set(f"touched-communes:{get_language()}", lambda: (_read_touched(),))[0]


def _read_touched() -> TouchedCommunes | None:
    towns = Commune.objects.in_department(settings.PORTAL_DEPARTEMENT).filter(parent=None)
    actions = (
        ActionPage.objects.live()
        .public()
        .without_examples()
        .exclude(status__in=_NOT_THERE)
        .filter(alias_of=None, locale__language_code=settings.LANGUAGE_CODE)
    )
    everywhere = actions.filter(whole_department=True).count()
    here = Q(territories__in=actions.values("territories"))
    codes = set(towns.values_list("pk", flat=True))
    touched = codes if everywhere else set(towns.filter(here).values_list("pk", flat=True))
    if not touched:
        return None
    return TouchedCommunes(_draw_touched(frozenset(touched)), len(touched), len(codes), everywhere)


def _draw_touched(codes: frozenset[str]) -> DepartmentMap | None:
    frame, path = static_map(), area_path(codes)
    if frame is None or not path:
        return None
    told = _("Carte du département : les communes où le projet agit sont foncées.")
    area = MapArea(path, is_touched=True)
    return DepartmentMap(frame.width, frame.height, frame.path, (area,), told)
