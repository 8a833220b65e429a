"""A small site with its roadmap."""

from wagtail.models import Page, Site

import pytest
import wagtail_factories

from actions.models import RecommendationIndexPage
from actions.roadmap.models import ActionIndexPage
from home.models import HomePage, PtsmPage
from tests.factories.actions import ActionIndexPageFactory, RecommendationIndexPageFactory


@pytest.fixture
def home_page(db: None) -> Page:
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Accueil", slug="accueil"))
    Site.objects.all().delete()
    wagtail_factories.SiteFactory(hostname="testserver", root_page=home, is_default_site=True)
    return home


@pytest.fixture
def roadmap(home_page: Page) -> ActionIndexPage:
    return ActionIndexPageFactory(parent=home_page)


@pytest.fixture
def recommendations(home_page: Page) -> RecommendationIndexPage:
    ptsm = home_page.add_child(instance=PtsmPage(title="Le PTSM", slug="ptsm"))
    return RecommendationIndexPageFactory(parent=ptsm)
