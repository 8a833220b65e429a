from newsletter.models.agenda import EventIndexPage
from newsletter.models.consent import ConsentText
from newsletter.models.delivery import Delivery
from newsletter.models.events import EventPage, EventRelatedPage
from newsletter.models.issue import IssuePage
from newsletter.models.letter_settings import LetterSettings
from newsletter.models.mailing import Mailing
from newsletter.models.news import NewsIndexPage, NewsPage, NewsRelatedPage
from newsletter.models.subscriber import Subscriber
from newsletter.models.suppression import Movement, Suppression
from newsletter.models.topic import Topic

__all__ = [
    "ConsentText",
    "Delivery",
    "EventIndexPage",
    "EventPage",
    "EventRelatedPage",
    "IssuePage",
    "LetterSettings",
    "Mailing",
    "Movement",
    "NewsIndexPage",
    "NewsPage",
    "NewsRelatedPage",
    "Subscriber",
    "Suppression",
    "Topic",
]
