"""The service areas of many entries at once: two queries, whatever their number."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from portal.geo.service_area import ServiceArea
from resources.models import ClsmPage, CmpPage, ResourcePage
from resources.models.sector import sectors_area


def read_service_areas(entries: Iterable[Any]) -> dict[int, ServiceArea]:
    """The area of each of these entries, by key; an unknown one for whoever says nothing."""
    some = list(entries)
    keys = [entry.pk for entry in some]
    covered = _covered(keys)
    sectors = _sectors(keys)
    return {
        entry.pk: sectors_area(
            sectors[entry.pk], covered[entry.pk], everywhere=entry.covers_department
        )
        for entry in some
    }


def _covered(keys: list[int]) -> dict[int, set[str]]:
    """Communes that entries name, alone or by a territory."""
    found: dict[int, set[str]] = defaultdict(set)
    communes = ResourcePage.coverage_communes.through.objects.filter(resourcepage__in=keys)
    territories = ResourcePage.coverage_territories.through.objects.filter(resourcepage__in=keys)
    councils = ClsmPage.objects.filter(pk__in=keys).exclude(territory=None).order_by()
    for pk, code in communes.values_list("resourcepage", "commune").union(
        territories.values_list("resourcepage", "territory__communes"),
        councils.values_list("pk", "territory__communes"),
    ):
        if code:
            found[pk].add(code)
    return found


def _sectors(keys: list[int]) -> dict[int, list[tuple[str, str, str]]]:
    found: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    rows = CmpPage.sectors.through.objects.filter(cmppage__in=keys).values_list(
        "cmppage",
        "sector__sector_communes__commune",
        "sector__sector_communes__part",
        "sector__sector_communes__note",
    )
    for pk, *share in rows:
        if share[0]:
            found[pk].append(tuple(share))
    return found
