"""News and events for the tests."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import factory
import wagtail_factories

from newsletter.models import EventIndexPage, EventPage, IssuePage, NewsIndexPage, NewsPage
from newsletter.subscription.models import LetterIndexPage

PARIS = ZoneInfo("Europe/Paris")


def paris(*parts: int) -> datetime:
    """A moment as people of Paris read it on a clock."""
    return datetime(*parts, tzinfo=PARIS)  # type: ignore[arg-type]


class NewsIndexPageFactory(wagtail_factories.PageFactory):
    title = "Actualités"
    slug = "actualites"

    class Meta:
        model = NewsIndexPage


class NewsPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Nouvelle {n}")
    summary = "Ce qui change, en une phrase."

    class Meta:
        model = NewsPage


class EventIndexPageFactory(wagtail_factories.PageFactory):
    title = "Agenda"
    slug = "agenda"

    class Meta:
        model = EventIndexPage


class EventPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Rencontre {n}")
    start = paris(2026, 12, 1, 14)
    end = factory.LazyAttribute(lambda event: event.start + timedelta(hours=2))

    class Meta:
        model = EventPage


class LetterIndexPageFactory(wagtail_factories.PageFactory):
    title = "La lettre du PTSM"
    slug = "lettre"

    class Meta:
        model = LetterIndexPage


class IssuePageFactory(wagtail_factories.PageFactory):
    """An issue; ``body`` is the raw value of its blocks."""

    number = factory.Sequence(lambda n: n + 1)
    title = factory.LazyAttribute(lambda issue: f"Lettre n° {issue.number}")
    slug = factory.LazyAttribute(lambda issue: f"lettre-{issue.number}")
    date = date(2026, 11, 3)

    class Meta:
        model = IssuePage
