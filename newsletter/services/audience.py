"""Counts of subscribers and recipients: how many, never who, and never what they read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter.models import Movement, Subscriber

MONTHS = 12


class AudienceCount(NamedTuple):
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class LetterAudience:
    """Some people, counted by what they chose; who chose nothing wants everything."""

    total: int
    by_topic: list[AudienceCount]
    by_territory: list[AudienceCount]


def audience_of(people: QuerySet[Subscriber]) -> LetterAudience:
    """Count people by topic, several for each person, and by territory, one at most."""
    chosen = Subscriber.topics.through._default_manager
    topics = chosen.filter(subscriber__in=people.values("pk"))
    by_topic = topics.values_list("topic__name").annotate(number=Count("pk"))
    chose = chosen.filter(subscriber=OuterRef("pk"))
    without = people.filter(~Exists(chose)).count()
    by_territory = people.order_by().values_list("territory__name").annotate(number=Count("pk"))
    return LetterAudience(
        total=people.count(),
        by_topic=[
            *_counted(by_topic.order_by("topic__order", "topic__name")),
            AudienceCount(_("aucun sujet : toutes les lettres"), without),
        ],
        by_territory=_counted(
            by_territory.order_by("territory__order", "territory__name"), _("aucun : tous")
        ),
    )


def _counted(rows: Iterable[Any], unnamed: str = "") -> list[AudienceCount]:
    return [AudienceCount(name or unnamed, number) for name, number in rows]


def by_state() -> list[AudienceCount]:
    """How many people there are in each state, those where there is nobody too."""
    rows = Subscriber.objects.order_by().values_list("state").annotate(number=Count("pk"))
    numbers = dict(rows)
    return [AudienceCount(str(one.label), numbers.get(one.value, 0)) for one in Subscriber.State]


@dataclass(slots=True)
class MonthlyGrowth:
    """What happened in a month, and how many received the letter when it ended."""

    first_day: date
    joined: int = 0
    left: int = 0
    lost: int = 0
    total: int = 0

    @property
    def gain(self) -> int:
        return self.joined - self.left - self.lost


_FIELD = {
    Movement.Kind.JOINED: "joined",
    Movement.Kind.LEFT: "left",
    Movement.Kind.LOST: "lost",
}


def growth(active: int, today: date | None = None) -> list[MonthlyGrowth]:
    """The last twelve months, the oldest first; totals are told backwards from today's."""
    months = _months(today or timezone.localdate())
    by_day = {month.first_day: month for month in months}
    seen = Movement.objects.filter(day__gte=months[0].first_day)
    for day, kind, count in seen.values_list("day", "kind", "count"):
        month = by_day.get(day.replace(day=1))
        if month:
            field = _FIELD[Movement.Kind(kind)]
            setattr(month, field, getattr(month, field) + count)
    total = active
    for month in reversed(months):
        month.total = max(total, 0)
        total -= month.gain
    return months


def _months(today: date) -> list[MonthlyGrowth]:
    last = today.year * 12 + today.month - 1
    numbers = range(last - MONTHS + 1, last + 1)
    return [MonthlyGrowth(date(number // 12, number % 12 + 1, 1)) for number in numbers]
