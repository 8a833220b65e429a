"""What each month's snapshot counts of the directory: the figures of the territory report."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dateutil.relativedelta import relativedelta

from portal.history.published_pages import published_on
from portal.history.registry import Figure, SnapshotSource, register_snapshot_source
from resources.models import DailyViews, ResourcePage, Verification
from resources.models.provenance import FRESH_MONTHS
from resources.territory_report.distances import USUAL
from resources.territory_report.indicators import EntryIndicators, percent
from resources.territory_report.report import TerritoryReport

ENTRIES, BY_TERRITORY, BY_TYPE = "entries", "entries_by_territory", "entries_by_type"
FRESH, FRESH_BY_TERRITORY = "entries_fresh", "entries_fresh_by_territory"
NEVER, WITHOUT_REFERENT = "entries_never_verified", "entries_without_referent"
INCOMPLETE, CITY_SHARE, FAR = "entries_incomplete", "city_share", "people_far_by_type"
VERIFICATIONS, VIEWS = "verifications", "entry_views"


def count_directory() -> Iterator[Figure]:
    """As the territory report counts today, and what the month before brought."""
    report = TerritoryReport(USUAL)
    whole = report.whole
    yield from _whole(whole)
    for pk, (area, figures) in zip(report.ground.areas, report.by_area, strict=True):
        yield Figure(BY_TERRITORY, figures.entries, str(pk), area.name)
        yield Figure(FRESH_BY_TERRITORY, figures.fresh, str(pk), area.name)
    for kind, figures in report.by_kind:
        if figures.entries:
            yield Figure(BY_TYPE, figures.entries, kind.code, kind.name)
        far = percent(report.gap_of_whole(kind).population, report.ground.whole.population)
        if far is not None and not report.is_nowhere(kind):
            yield Figure(FAR, far, kind.code, kind.name)
    city = report.city()
    if city is not None and city.entries is not None:
        yield Figure(CITY_SHARE, city.entries, scope_label=city.name)
    yield from _lately(timezone.localdate())


def count_directory_on(day: date) -> Iterator[Figure]:
    """The entries that were public then, by type, and how many had been verified lately.

    Referents, gaps and distances of a past day are not known any more.
    """
    given = Verification.objects.filter(entry=OuterRef("pk"), on__lte=day)
    last = Subquery(given.order_by("-on").values("on")[:1])
    entries = ResourcePage.objects.in_source_language().filter(is_example=False)
    rows = list(
        published_on(entries, day)
        .annotate(last_verified=last)
        .values_list("type__code", "type__name", "verification_frequency", "last_verified")
    )
    if not rows:
        return
    yield Figure(ENTRIES, len(rows))
    yield Figure(FRESH, sum(_was_fresh(on, pace, day) for *_type, pace, on in rows))
    yield Figure(NEVER, sum(on is None for *_rest, on in rows))
    names = {code: name for code, name, *_rest in rows}
    for code, name in sorted(names.items()):
        yield Figure(BY_TYPE, sum(row[0] == code for row in rows), code, name)
    yield from _lately(day)


def _was_fresh(verified_on: date | None, pace: int, day: date) -> bool:
    """As ``EntryProvenance.freshness`` says of today."""
    if verified_on is None:
        return False
    return day < verified_on + relativedelta(months=min(FRESH_MONTHS, 2 * pace))


def _whole(figures: EntryIndicators) -> Iterator[Figure]:
    yield Figure(ENTRIES, figures.entries)
    yield Figure(FRESH, figures.fresh)
    yield Figure(NEVER, figures.never)
    yield Figure(WITHOUT_REFERENT, figures.without_referent)
    yield Figure(INCOMPLETE, figures.incomplete)


def _lately(day: date) -> Iterator[Figure]:
    """What happened in the thirty days that end with ``day``."""
    days = (day - timedelta(days=29), day)
    yield Figure(VERIFICATIONS, Verification.objects.filter(on__range=days).count())
    views = DailyViews.objects.filter(day__range=days).aggregate(n=Sum("count"))["n"]
    if views is not None:
        yield Figure(VIEWS, views)


register_snapshot_source(
    SnapshotSource(
        "directory",
        _("L’annuaire"),
        {
            ENTRIES: _("Fiches publiées"),
            BY_TERRITORY: _("Fiches, par territoire"),
            BY_TYPE: _("Fiches, par type de lieu"),
            CITY_SHARE: _("Part des fiches dans la plus grande ville (%)"),
            FRESH: _("Fiches vérifiées depuis moins de six mois"),
            FRESH_BY_TERRITORY: _("Fiches vérifiées depuis moins de six mois, par territoire"),
            NEVER: _("Fiches jamais vérifiées"),
            VERIFICATIONS: _("Vérifications reçues en trente jours"),
            WITHOUT_REFERENT: _("Fiches sans référent"),
            INCOMPLETE: _("Fiches incomplètes"),
            FAR: _("Habitants à plus de 30 km du lieu le plus proche (%)"),
            VIEWS: _("Fiches lues en trente jours"),
        },
        count_directory,
        count_directory_on,
        order=20,
    )
)
