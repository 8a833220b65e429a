"""Which places serve a postcode, or are near it; a masked one is never among them."""

from typing import Any

from django.db.models import Q

from portal.geo.models import Commune
from resources.hsds.querysets import LOCATED
from resources.models import ResourcePage

_METRES = 1000
#: Where an entry says which communes it serves.
_AREAS = (
    "coverage_communes",
    "coverage_territories__communes",
    "cmppage__sectors__sector_communes__commune",
    "clsmpage__territory__communes",
)


def near_postcode(postcode: str, metres: float | None) -> Q:
    """The entries that serve a postcode, or that are near the middle of its communes.

    An entry that names its area serves that area, and no other. One that names none serves
    where it is; with ``metres``, all that is as near as that.
    """
    communes = list(Commune.objects.matching(postcode))
    # Marseille has all the postcodes of its arrondissements: they say better where it is.
    narrow = [one for one in communes if one.kind == Commune.Kind.ARRONDISSEMENT] or communes
    serves = _in_areas("in", [one.pk for one in communes])
    says_no_area = ~_in_areas("isnull", False)
    if metres is None:
        here = Q(postcode=postcode) | Q(postcode="", commune__in=narrow)
        return LOCATED & (serves | says_no_area & here)
    return LOCATED & _within(narrow, metres) & (serves | says_no_area)


def _within(communes: list[Commune], metres: float) -> Q:
    points = [(one.lat, one.lon) for one in communes if one.lat is not None and one.lon is not None]
    if not points:
        return Q(pk=None)
    lat, lon = (sum(values) / len(points) for values in zip(*points, strict=True))
    near = ResourcePage.objects.near(lat, lon).filter(distance__lte=metres / _METRES)
    return Q(pk__in=near.order_by().values("pk"))


def _in_areas(lookup: str, value: Any) -> Q:
    """Whether any of the areas of an entry answers; each asked apart, as they multiply."""
    found = Q(pk=None)
    for path in _AREAS:
        entries = ResourcePage.objects.filter(**{f"{path}__{lookup}": value})
        found |= Q(pk__in=entries.order_by().values("pk"))
    return found
