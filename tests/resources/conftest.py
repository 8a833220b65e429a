from django.test import Client
from django.utils import timezone

from wagtail.models import Page, Site

import pytest

from home.models import HomePage
from resources.listing.models import DirectoryPage
from tests.factories.resources import DirectoryPageFactory, french


@pytest.fixture
def directory(db: None) -> DirectoryPage:
    """An empty directory at /annuaire/, on the default site."""
    root = Page.get_first_root_node()
    home = HomePage(title="Accueil", slug="accueil-test", locale=french())
    root.add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    Site.clear_site_root_paths_cache()
    return DirectoryPageFactory(parent=home)


@pytest.fixture
def noon_on_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 11 h in Paris, on Tuesday 10 November 2026; the day after is a public holiday."""
    moment = timezone.datetime(2026, 11, 10, 10, 0, tzinfo=timezone.timezone.utc)
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def reader() -> Client:
    return Client()
