"""The offers that a request asks for: each parameter takes some away."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from portal.geo.models import Commune
from portal.geo.names import plain
from resources.hsds.identifiers import derived
from resources.hsds.parameters import MOST_FOUND
from resources.hsds.querysets import LOCATED, offers
from resources.hsds.taxonomies import with_taxonomy, with_term
from resources.models import ResourcePage
from resources.open_data.querysets import source_entries
from resources.querysets import AREA_PATHS, ResourceQuerySet
from search.contracts import SearchFilters, SearchQuery, SearchScope
from search.services import search

#: How far from a place among the words, in kilometres.
AROUND_KM = 10
_METRES = 1000


def filtered_offers(asked: dict[str, Any]) -> ResourceQuerySet:
    """The rows of ``offers`` that answer every parameter."""
    conditions = {
        "search": _with_words,
        "taxonomy_term_id": lambda value: with_term(str(value)),
        "taxonomy_id": lambda value: with_taxonomy(str(value)),
        "organization_id": _of_organization,
        "modified_after": _modified_after,
        "postcode": lambda value: _near_postcode(value, asked.get("proximity")),
    }
    rows = offers()
    for name, condition in conditions.items():
        if asked.get(name):
            rows = rows.filter(condition(asked[name]))
    return rows


def operator_id(name: str) -> str:
    """The same for all the ways to write a name: « AP-HM », « Ap-hm »."""
    return derived("organization", plain(name))


def operators() -> dict[str, list[str]]:
    """The names of the bodies that have no entry, with their spellings, by identifier."""
    rows = offers().filter(organization_page=None).order_by()
    found: dict[str, list[str]] = {}
    for name in sorted(rows.values_list("operator", flat=True).distinct()):
        found.setdefault(operator_id(name), []).append(name)
    return found


def _with_words(text: str) -> Q:
    """What the search of the portal finds: it knows no masked place.

    A place among the words sorts the answers of the portal; here it narrows them.
    """
    query = SearchQuery(
        text=text,
        filters=SearchFilters(km=AROUND_KM),
        scope=SearchScope.ENTRIES,
        page_size=MOST_FOUND,
    )
    hits = search(query, is_rechecked=True).hits
    return Q(pk__in=[hit.page_id for hit in hits if hit.page_id])


def _of_organization(identifier: UUID) -> Q:
    page = source_entries().filter(uuid=identifier).values_list("pk", flat=True).first()
    if page is not None:
        return Q(organization_page=page)
    return Q(organization_page=None, operator__in=operators().get(str(identifier), []))


def _modified_after(moment: datetime) -> Q:
    """An entry that has no date may have changed: better read twice than missed."""
    return Q(modified__gte=moment) | Q(modified=None)


def _near_postcode(postcode: str, metres: float | None) -> Q:
    """The entries that serve a postcode, or that are near the middle of its communes.

    An entry that names its area serves that area, and no other. One that names none serves
    where it is; with ``metres``, all that is as near as that. A masked place is never found.
    """
    communes = list(Commune.objects.matching(postcode))
    # Marseille has all the postcodes of its arrondissements: they say better where it is.
    narrow = [one for one in communes if one.kind == Commune.Kind.ARRONDISSEMENT] or communes
    serves = _in_areas("in", [one.pk for one in communes])
    has_no_area = ~_in_areas("isnull", False)
    if metres is None:
        here = Q(postcode=postcode) | Q(postcode="", commune__in=narrow)
        return LOCATED & (serves | has_no_area & here)
    return LOCATED & _within(narrow, metres) & (serves | has_no_area)


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
    for path in AREA_PATHS:
        entries = ResourcePage.objects.filter(**{f"{path}__{lookup}": value})
        found |= Q(pk__in=entries.order_by().values("pk"))
    return found
