"""Querysets of news, events and issues."""

from typing import Self

from django.db.models import Q, Subquery
from django.utils import timezone

from wagtail.models import Page
from wagtail.query import PageQuerySet

from portal.geo.models import Territory


class ListedQuerySet(PageQuerySet):
    def listed_under(self, index: Page) -> Self:
        """What anyone may read under an index page that they already read."""
        return self.child_of(index).live().filter(view_restrictions=None)


class NewsQuerySet(ListedQuerySet):
    def latest_first(self) -> Self:
        return self.order_by("-date", "-first_published_at", "-pk")

    def about(self, territory: Territory) -> Self:
        """News of this territory, and news of the whole department."""
        return self.filter(Q(territories=territory) | Q(territories=None))


class EventQuerySet(ListedQuerySet):
    """An event without an end, or of whole days, lasts until the end of its (last) day."""

    def not_over(self) -> Self:
        """Those going on or to come, the nearest first, cancelled ones included."""
        return self.filter(self._not_over()).order_by("start", "pk")

    def upcoming(self) -> Self:
        """Those that a reader can still go to, the nearest first."""
        return self.live().filter(is_cancelled=False).not_over()

    def past(self) -> Self:
        """Those that are over, the latest first."""
        return self.exclude(self._not_over()).order_by("-start", "-pk")

    def about(self, territory: Territory) -> Self:
        """Events held in this territory, and events that are held in no commune."""
        return self.filter(Q(commune__territories=territory) | Q(commune=None))

    def with_place(self) -> Self:
        return self.select_related("commune", "organiser_entry")

    @staticmethod
    def _not_over() -> Q:
        now = timezone.localtime()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return (
            Q(all_day=False, end__gt=now)
            | Q(all_day=True, end__gte=midnight)
            | Q(end=None, start__gte=midnight)
        )


class IssueQuerySet(ListedQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-number", "-date", "-pk")

    def beside(self, number: int) -> Self:
        """The issue before this number and the one after it, in one query."""
        before = self.filter(number__lt=number).order_by("-number").values("number")[:1]
        after = self.filter(number__gt=number).order_by("number").values("number")[:1]
        near = Q(number=Subquery(before)) | Q(number=Subquery(after))
        return self.filter(near).defer("body")
