from collections.abc import Callable
from datetime import datetime

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from home.models import HomePage
from newsletter.models import EventIndexPage, NewsIndexPage, Subscriber
from newsletter.subscription.models import LetterIndexPage
from tests.factories.home import make_home
from tests.factories.letter import subscriber_of, topic
from tests.factories.newsletter import (
    EventIndexPageFactory,
    LetterIndexPageFactory,
    NewsIndexPageFactory,
)
from tests.newsletter.subscription.asking import ask
from tests.newsletter.subscription.links import TOKEN


@pytest.fixture
def home_page(db: None) -> HomePage:
    """The home page, alone under the tree's root, and served by the default site."""
    return make_home()


@pytest.fixture
def news_index(home_page: HomePage) -> NewsIndexPage:
    return NewsIndexPageFactory(parent=home_page)


@pytest.fixture
def agenda(home_page: HomePage) -> EventIndexPage:
    return EventIndexPageFactory(parent=home_page)


@pytest.fixture
def letter_page(home_page: HomePage) -> LetterIndexPage:
    return LetterIndexPageFactory(parent=home_page)


@pytest.fixture
def pending(letter_page: LetterIndexPage) -> Subscriber:
    """Somebody who has filled the form and not confirmed yet."""
    return ask(page=letter_page, topics=[topic("proches")])


@pytest.fixture
def active(letter_page: LetterIndexPage) -> Subscriber:
    """Somebody who gets the letter, and chose what of it."""
    return subscriber_of(topics=[topic("proches")], token=TOKEN)


@pytest.fixture
def now_is(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Stops the portal's clock at a moment."""

    def stop(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return stop


@pytest.fixture
def count_queries(client: Client) -> Callable[[str], int]:
    """How many SQL queries an address costs."""

    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return count
