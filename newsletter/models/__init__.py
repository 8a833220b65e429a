from newsletter.models.agenda import EventIndexPage
from newsletter.models.events import EventPage, EventRelatedPage
from newsletter.models.letter import LetterIndexPage
from newsletter.models.news import NewsIndexPage, NewsPage, NewsRelatedPage

__all__ = [
    "EventIndexPage",
    "EventPage",
    "EventRelatedPage",
    "LetterIndexPage",
    "NewsIndexPage",
    "NewsPage",
    "NewsRelatedPage",
]
