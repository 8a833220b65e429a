from django.test import Client
from django.utils import timezone

import pytest

from resources.listing.models import DirectoryPage
from tests.factories.home import make_home
from tests.factories.resources import DirectoryPageFactory


@pytest.fixture
def directory(db: None) -> DirectoryPage:
    """An empty directory at /annuaire/, on the default site."""
    return DirectoryPageFactory(parent=make_home())


@pytest.fixture
def noon_on_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 11 h in Paris, on Tuesday 10 November 2026; the day after is a public holiday."""
    moment = timezone.datetime(2026, 11, 10, 10, 0, tzinfo=timezone.timezone.utc)
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def reader() -> Client:
    return Client()
