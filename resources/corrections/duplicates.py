"""Entries that may already be the place that somebody proposes."""

from typing import Any

from django.db.models import Q

from rapidfuzz import fuzz

from portal.geo.models import Commune
from portal.geo.names import fold
from resources.choices import MaskedPlace
from resources.models import ResourcePage

MOST = 5
#: How alike two names must be, of 100; the order of the words does not count.
ALIKE = 80


def look_alikes(name: str, commune: Commune | None, phone: str) -> list[ResourcePage]:
    """The entries of this phone number, or of this commune and nearly of this name.

    A masked address tells nothing: an entry counts as of a commune only when its page says so.
    """
    said = Q(address_is_masked=False) | Q(masked_place=MaskedPlace.COMMUNE)
    close = Q(commune__in=_same_town(commune)) & said
    if phone:
        close |= Q(phone=phone)
    own = ResourcePage.objects.open_to_all().in_source_language()
    entries = own.filter(close).order_by("title")
    found = [one for one in entries if (phone and one.phone == phone) or _is_alike(name, one)]
    return found[:MOST]


def names_of(entries: list[Any]) -> str:
    """What a form remembers of the look-alikes that it showed."""
    return "-".join(str(entry.pk) for entry in entries)


def _is_alike(name: str, entry: ResourcePage) -> bool:
    typed = fold(name).replace("-", " ")
    names = filter(None, (entry.title, entry.acronym))
    return any(fuzz.token_set_ratio(typed, fold(one).replace("-", " ")) >= ALIKE for one in names)


def _same_town(commune: Commune | None) -> list[str]:
    """The commune, and its arrondissements or its whole town: people say either."""
    if commune is None:
        return []
    parts = Commune.objects.filter(parent_id=commune.pk).values_list("pk", flat=True)
    return [code for code in (commune.pk, commune.parent_id, *parts) if code]
