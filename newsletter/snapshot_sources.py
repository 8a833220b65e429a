"""What each month's snapshot counts of the letter and the agenda."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsletter.models import EventPage, IssuePage, NewsPage, Subscriber
from portal.history.published_pages import published_on
from portal.history.registry import Figure, SnapshotSource, register_snapshot_source

SUBSCRIBERS, ISSUES, NEWS, EVENTS = "subscribers", "issues", "news", "events"


def count_letter() -> Iterator[Figure]:
    """Subscribers today, and all that was published up to today."""
    yield Figure(SUBSCRIBERS, Subscriber.objects.active().count())
    yield from count_letter_on(timezone.localdate())


def count_letter_on(day: date) -> Iterator[Figure]:
    """What was published; subscribers who left since are forgotten, so none are counted."""
    for measure, pages in ((ISSUES, IssuePage), (NEWS, NewsPage), (EVENTS, EventPage)):
        yield Figure(measure, published_on(_in_source(pages.objects.all()), day).count())


def _in_source(pages: QuerySet) -> QuerySet:
    return pages.filter(locale__language_code=settings.LANGUAGE_CODE)


register_snapshot_source(
    SnapshotSource(
        "letter",
        _("La lettre, les actualités, l’agenda"),
        {
            SUBSCRIBERS: _("Personnes inscrites à la lettre"),
            ISSUES: _("Numéros publiés"),
            NEWS: _("Actualités publiées"),
            EVENTS: _("Rendez-vous publiés"),
        },
        count_letter,
        count_letter_on,
        order=30,
    )
)
