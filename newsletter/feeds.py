"""News for feed readers: titles and summaries, nobody's name."""

from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext

from wagtail.models import Locale

from newsletter.models import NewsIndexPage, NewsPage
from portal.base.models import PortalSettings

LENGTH = 20


class NewsFeed(Feed):
    """The latest news, RSS 2.0."""

    language = "fr"

    def title(self) -> str:
        return gettext("Actualités – %(site)s") % {"site": PortalSettings.load().site_name}

    def description(self) -> str:
        page = _index()
        return page.summary if page else ""

    def link(self) -> str:
        page = _index()
        return page.url if page else "/"

    def items(self) -> "QuerySet[NewsPage]":
        news = NewsPage.objects.live().public().filter(locale=Locale.get_default())
        return news.latest_first()[:LENGTH]

    def item_title(self, item: Any) -> str:
        return item.title

    def item_description(self, item: Any) -> str:
        return item.summary

    def item_link(self, item: NewsPage) -> str:
        return item.url or "/"

    def item_guid(self, item: NewsPage) -> str:
        return item.uuid.urn

    item_guid_is_permalink = False

    def item_pubdate(self, item: NewsPage) -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time.min))

    def item_updateddate(self, item: NewsPage) -> datetime:
        return item.last_published_at or self.item_pubdate(item)


class NewsAtomFeed(NewsFeed):
    """The latest news, Atom 1.0."""

    feed_type = Atom1Feed

    def subtitle(self) -> str:
        return self.description()


def _index() -> NewsIndexPage | None:
    return NewsIndexPage.objects.live().filter(locale=Locale.get_default()).first()
