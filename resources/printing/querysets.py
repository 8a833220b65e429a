"""Entries that are printed: public, in French, never an example."""

from collections.abc import Iterable

from django.db.models import Q

from portal.geo.models import Commune, Territory
from resources.choices import EntryStatus, MaskedPlace
from resources.models import ClsmPage, CmpPage, GemPage, ResourcePage
from resources.querysets import ResourceQuerySet

#: The last ones know more of the same entry.
_MODELS = (ResourcePage, ClsmPage, CmpPage, GemPage)


def printable_entries(territory: Territory | None = None, code: str = "") -> ResourceQuerySet:
    """Those of a territory or of a type that anybody may read, in French; never an example."""
    found = (
        ResourcePage.objects.exportable().in_source_language().exclude(status=EntryStatus.CLOSED)
    )
    if code:
        found = found.filter(type__code=code)
    if territory:
        found = found.filter(_serves(territory))
    return found


def communes_of(territory: Territory) -> Q:
    """Its communes and their arrondissements, as a condition on ``Commune``."""
    return Q(territories=territory) | Q(parent__territories=territory)


def _serves(territory: Territory) -> Q:
    """They say that they serve it; or they are there, as far as that may be said, and say nothing
    of whom they serve."""
    communes = Commune.objects.filter(communes_of(territory)).values("pk")
    may_be_told = Q(address_is_masked=False) | Q(masked_place=MaskedPlace.COMMUNE)
    is_there = Q(commune__in=communes) & may_be_told
    codes = territory.codes_of_place
    entries = ResourcePage.objects.all()
    there = entries.filter(is_there).may_serve(codes).order_by().values("pk")
    return Q(pk__in=there) | entries.serves(codes)


def with_specific_facts(entries: Iterable[ResourcePage]) -> list[ResourcePage]:
    """The same entries with what only a GEM, a CMP or a CLSM knows of itself."""
    keys = [entry.pk for entry in entries]
    known = {
        entry.pk: entry
        for model in _MODELS
        for entry in model.objects.with_all_facts().filter(pk__in=keys)
    }
    return list(known.values())
