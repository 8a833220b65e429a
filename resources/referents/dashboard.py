"""Cards of « Mes fiches »: freshness, completeness, pending changes and views of each entry."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wagtail.models import Page, Revision, TaskState, WorkflowState

from dateutil.relativedelta import relativedelta

from portal.text.date_format import format_date
from resources.choices import EntryFreshness
from resources.models import DailyViews, ResourcePage
from resources.referents.completeness import Completeness, completeness

A_MONTH = timedelta(days=30)
MONTHS = 12
STATES = {EntryFreshness.FRESH: "on", EntryFreshness.AGEING: "half"}


class EntryCard(NamedTuple):
    """One entry of the list."""

    entry: ResourcePage
    freshness: str
    state: str
    next_on: str
    completeness: Completeness
    waiting: str
    question: str
    views: int


def get_entry_cards(entries: Iterable[ResourcePage]) -> list[EntryCard]:
    """A card an entry; a few queries whatever their number."""
    entries = list(entries)
    waiting, questions = _pending_by_entry(entries)
    views = _recent_views(entries)
    return [
        EntryCard(
            entry=entry,
            freshness=_freshness_label(entry),
            state=STATES.get(entry.freshness, "late"),
            next_on=_next_date_label(entry),
            completeness=completeness(entry),
            waiting=waiting.get(entry.pk, ""),
            question=questions.get(entry.pk, ""),
            views=views.get(entry.translation_key, 0),
        )
        for entry in entries
    ]


def _freshness_label(entry: ResourcePage) -> str:
    if entry.verified_on is None:
        return _("Personne de la structure n’a encore relu cette fiche.")
    return _("Relue le %(day)s.") % {"day": format_date(entry.verified_on)}


def _next_date_label(entry: ResourcePage) -> str:
    day = entry.next_verification_on
    if day is None or day <= timezone.localdate():
        return _("À relire maintenant.")
    return _("À relire avant le %(day)s.") % {"day": format_date(day)}


def _pending_by_entry(entries: list[ResourcePage]) -> tuple[dict[int, str], dict[int, str]]:
    """What waits for an approval, and what the moderators ask, in words."""
    State = WorkflowState
    kind = ContentType.objects.get_for_model(Page)
    running = State.objects.filter(
        base_content_type=kind,
        object_id__in=[str(entry.pk) for entry in entries],
        status__in=[State.STATUS_IN_PROGRESS, State.STATUS_NEEDS_CHANGES],
    )
    last = _last_revisions(entries)
    waiting, questions = {}, {}
    for state in running.select_related("current_task_state"):
        pk = int(state.object_id)
        words = {"day": format_date(timezone.localtime(last.get(pk, state.created_at)).date())}
        waiting[pk] = _("Votre modification du %(day)s attend la relecture.") % words
        if state.status == State.STATUS_NEEDS_CHANGES:
            waiting[pk] = _("Votre modification du %(day)s est à reprendre.") % words
            asked: TaskState | None = state.current_task_state
            questions[pk] = asked.comment if asked else ""
    return waiting, questions


def _last_revisions(entries: list[ResourcePage]) -> dict[int, datetime]:
    wanted = [entry.latest_revision_id for entry in entries]
    rows = Revision.objects.filter(pk__in=wanted).values_list("object_id", "created_at")
    return {int(pk): at for pk, at in rows}


def _recent_views(entries: list[ResourcePage]) -> dict[UUID, int]:
    """Readings of the last thirty days, in all languages."""
    since = timezone.localdate() - A_MONTH
    rows = _views_of(entries).filter(day__gt=since).values("entry__translation_key")
    counted = rows.annotate(total=Sum("count"))
    return {row["entry__translation_key"]: row["total"] for row in counted}


def _views_of(entries: list[ResourcePage]) -> QuerySet[DailyViews]:
    keys = [entry.translation_key for entry in entries]
    return DailyViews.objects.filter(entry__translation_key__in=keys)


def views_by_month(entry: ResourcePage) -> list[dict[str, object]]:
    """The last twelve months, this one last, for the « viz » component."""
    first = timezone.localdate().replace(day=1) + relativedelta(months=1 - MONTHS)
    rows = _views_of([entry]).filter(day__gte=first)
    counted: dict[date, int] = defaultdict(int)
    for row in rows.annotate(month=TruncMonth("day")).values("month").annotate(n=Sum("count")):
        counted[row["month"]] = row["n"]
    months = [first + relativedelta(months=rank) for rank in range(MONTHS)]
    return [{"label": date_format(one, "F Y"), "value": counted[one]} for one in months]


def recent_views(entry: ResourcePage) -> int:
    return _recent_views([entry]).get(entry.translation_key, 0)
