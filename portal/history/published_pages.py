"""Which pages were public on a past day, by what Wagtail wrote of each publication."""

from datetime import date, datetime, time, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from wagtail.models import PageLogEntry

_PUBLISHED = "wagtail.publish"
_TAKEN_DOWN = ("wagtail.unpublish", "wagtail.delete")


def end_of_day(day: date) -> datetime:
    """The first moment after ``day``, in the portal's time."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def published_on(pages: QuerySet, day: date) -> QuerySet:
    """Those of ``pages`` that were public at the end of ``day``.

    The last publication or withdrawal of the page's log before that moment decides. A page
    without any in the log (it came with a copy or an import of the tree) counts from its first
    publication, as long as it is public today. Pages deleted since are not known any more.
    """
    end = end_of_day(day)
    log = PageLogEntry.objects.filter(
        page=OuterRef("pk"), timestamp__lt=end, action__in=(_PUBLISHED, *_TAKEN_DOWN)
    )
    last = Subquery(log.order_by("-timestamp", "-pk").values("action")[:1])
    return pages.annotate(last_action=last).filter(
        Q(last_action=_PUBLISHED)
        | Q(last_action__isnull=True, live=True, first_published_at__lt=end)
    )
