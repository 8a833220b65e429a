"""The territories of the portal as named areas, for the search to recognise."""

from portal.cache.cached import get_or_set
from portal.geo.areas import NamedArea, areas_by_name
from portal.geo.models import Territory


def territory_areas() -> dict[str, NamedArea]:
    """Territories that have communes, by each way to say their name; cached."""
    return get_or_set("territory-areas", _read)


def _read() -> dict[str, NamedArea]:
    communes: dict[tuple[str, str], list[str]] = {}
    rows = Territory.objects.exclude(communes=None).values_list("slug", "name", "communes")
    for slug, name, code in rows.order_by("order", "name", "communes"):
        communes.setdefault((slug, name), []).append(code)
    return areas_by_name(NamedArea(*named, tuple(codes)) for named, codes in communes.items())
