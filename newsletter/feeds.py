"""News and issues of the letter for feed readers: titles and summaries, nobody's name."""

from datetime import datetime, time
from typing import Any, ClassVar

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from wagtail.models import Locale, Page

from newsletter.models import IssuePage, NewsIndexPage, NewsPage
from newsletter.subscription.models import LetterIndexPage
from portal.base.left_out import check_text, readable_items
from portal.base.models import PortalSettings
from portal.text.control_characters import strip_control_characters

LENGTH = 20


class LatestFeed(Feed):
    """The latest pages of one kind, in French, each told by its title and summary.

    Pages of the kind have a ``date``; its index page gives the address and what it is about.
    """

    language = "fr"
    item_guid_is_permalink = False
    index_model: ClassVar[type[Page]]
    #: What editors call it.
    place: ClassVar[str | Promise]

    @property
    def _index(self) -> Any:
        return self.index_model.objects.live().filter(locale=Locale.get_default()).first()

    def description(self) -> str:
        page = self._index
        return strip_control_characters(page.summary) if page else ""

    def subtitle(self) -> str:
        """What Atom calls a description."""
        return self.description()

    def link(self) -> str:
        page = self._index
        return page.url if page else "/"

    def items(self) -> list[Any]:
        """The latest pages; one that cannot be told is left out, and editors know which."""
        return readable_items(self.latest()[:LENGTH], str(self.place), self._read)

    def latest(self) -> "QuerySet[Any]":
        raise NotImplementedError

    def _read(self, item: Any) -> None:
        check_text(self.item_title(item), self.item_description(item), self.item_link(item))
        self.item_guid(item)
        self.item_updateddate(item)

    def item_title(self, item: Any) -> str:
        return item.title

    def item_description(self, item: Any) -> str:
        return item.summary

    def item_link(self, item: Any) -> str:
        return item.url or "/"

    def item_guid(self, item: Any) -> str:
        return item.uuid.urn

    def item_pubdate(self, item: Any) -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time.min))

    def item_updateddate(self, item: Any) -> datetime:
        return item.last_published_at or self.item_pubdate(item)


class NewsFeed(LatestFeed):
    """The latest news, RSS 2.0."""

    index_model = NewsIndexPage
    place = gettext_lazy("flux des actualités")

    def title(self) -> str:
        return gettext("Actualités – %(site)s") % {"site": PortalSettings.load().site_name}

    def latest(self) -> "QuerySet[NewsPage]":
        news = NewsPage.objects.live().public().filter(locale=Locale.get_default())
        return news.latest_first()


class NewsAtomFeed(NewsFeed):
    """The latest news, Atom 1.0."""

    feed_type = Atom1Feed


class LetterFeed(LatestFeed):
    """The latest issues of the letter, RSS 2.0: to read it without giving an address."""

    index_model = LetterIndexPage
    place = gettext_lazy("flux de la lettre")

    def title(self) -> str:
        return gettext("La lettre – %(site)s") % {"site": PortalSettings.load().site_name}

    def latest(self) -> "QuerySet[IssuePage]":
        issues = IssuePage.objects.live().public().filter(locale=Locale.get_default())
        return issues.newest_first()

    def item_title(self, item: Any) -> str:
        return gettext("n° %(number)s : %(title)s") % {"number": item.number, "title": item.title}


class LetterAtomFeed(LetterFeed):
    """The latest issues of the letter, Atom 1.0."""

    feed_type = Atom1Feed
