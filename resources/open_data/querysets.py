"""Which entries leave as open data, what is read with them, and what tells that they changed."""

import re
from typing import Any, NamedTuple

from django.db.models import Max, OuterRef, Q, Subquery
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.api.decorators import stamp, state_of
from portal.geo.models import Commune, Territory
from resources.choices import EntryStatus, MaskedPlace
from resources.models import ResourcePage, ResourceType, Verification
from resources.querysets import ResourceQuerySet

#: Changes with what the files hold, so that nobody keeps one of the old shape.
SHAPE = 3
MOST_TYPES = 60
_LISTS = (
    "phones",
    "closures",
    "services",
    "coverage_territories__communes",
    "coverage_communes",
    # What only a CMP has: the communes of its sectors.
    "cmppage__sectors__sector_communes",
    # What only a CLSM has.
    "clsmpage__territory__communes",
)


class InvalidFilter(Exception):
    """A filter that means nothing here; the message says what it may be."""


def source_entries() -> ResourceQuerySet:
    """Public entries, each once: in the portal's own language, and never an example."""
    return ResourcePage.objects.exportable().in_source_language().filter(alias_of=None)


def open_entries() -> ResourceQuerySet:
    """Those that a reader finds: what has closed for good is told by the changes alone."""
    return source_entries().exclude(status=EntryStatus.CLOSED)


def with_exported_rows(entries: ResourceQuerySet) -> ResourceQuerySet:
    """With everything that a file says of them, whatever their number.

    The entry above is named only when anybody may read it: it may be a draft.
    """
    above = source_entries().filter(pk=OuterRef("parent_structure")).values("uuid")
    return (
        entries.select_related("type", "commune", "locale", "cmppage", "clsmpage__territory")
        .prefetch_related(*_LISTS)
        .annotate(above_uuid=Subquery(above[:1]))
        .defer_streamfields()
        .order_by("pk")
    )


def directory_stamp(*parts: Any) -> str:
    """An ETag for anything made of the entries: two queries, and no entry is read.

    It follows what is published, withdrawn, restricted or verified; and the day, because
    closures and delays go by.
    """
    verified = Verification.objects.aggregate(last=Max("pk"))
    state = state_of(source_entries())
    return stamp(SHAPE, *parts, timezone.localdate(), *state, *verified.values())


class EntryFilters(NamedTuple):
    """What a question narrows the directory to; nothing said: all of it."""

    types: tuple[str, ...] = ()
    territory: Territory | None = None
    commune: Commune | None = None

    def among(self, entries: ResourceQuerySet) -> ResourceQuerySet:
        if self.types:
            entries = entries.filter(type__code__in=self.types)
        if self.territory:
            entries = entries.filter(_in_territory(self.territory))
        if self.commune:
            entries = entries.filter(_in_commune(self.commune))
        return entries


def read_filters(query: QueryDict) -> EntryFilters:
    """The filters of an address; ``InvalidFilter`` for the first that is not known."""
    return EntryFilters(_types(query), _territory(query), _commune(query))


def _types(query: QueryDict) -> tuple[str, ...]:
    codes = dict.fromkeys(code.strip().upper() for code in query.getlist("type") if code.strip())
    asked = [code for code in codes if re.fullmatch("[A-Z][A-Z0-9_]{1,29}", code)]
    if len(asked) < len(codes) or len(codes) > MOST_TYPES:
        raise InvalidFilter(
            _("« type » est un code comme CMP, répété %(count)s fois au plus.")
            % {"count": MOST_TYPES}
        )
    known = set(ResourceType.objects.filter(code__in=asked).values_list("code", flat=True))
    unknown = [code for code in asked if code not in known]
    if unknown:
        raise InvalidFilter(
            _("Aucun type de lieu n’a ce code : %(codes)s.") % {"codes": ", ".join(unknown)}
        )
    return tuple(asked)


def _territory(query: QueryDict) -> Territory | None:
    slug = query.get("territoire", "").strip()
    if not slug:
        return None
    is_slug = re.fullmatch("[a-z0-9-]{1,90}", slug)
    territory = Territory.objects.filter(slug=slug).first() if is_slug else None
    if territory is None:
        slugs = ", ".join(Territory.objects.values_list("slug", flat=True))
        raise InvalidFilter(_("« territoire » est l’un de : %(codes)s.") % {"codes": slugs})
    return territory


def _commune(query: QueryDict) -> Commune | None:
    code = query.get("commune", "").strip().upper()
    if not code:
        return None
    is_code = re.fullmatch("[0-9][0-9AB][0-9]{3}", code)
    commune = Commune.objects.filter(pk=code).first() if is_code else None
    if commune is None:
        raise InvalidFilter(_("« commune » est un code INSEE du département, comme 13005."))
    return commune


def _whose_commune_is_said() -> Q:
    """A masked address must not be found by where it is, unless its commune may be said."""
    return Q(address_is_masked=False) | Q(masked_place=MaskedPlace.COMMUNE)


def _in_territory(territory: Territory) -> Q:
    """There, or said to be served."""
    there = _whose_commune_is_said() & Q(commune__in=territory.communes.values("pk"))
    return there | ResourcePage.objects.all().serves(territory.codes_of_place)


def _in_commune(commune: Commune) -> Q:
    """There, arrondissements included, or said to be served."""
    there = Q(commune=commune) | Q(commune__parent=commune)
    is_served = ResourcePage.objects.all().serves(commune.codes_of_place)
    return (_whose_commune_is_said() & there) | is_served
