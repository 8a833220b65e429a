"""A small site with its roadmap."""

from wagtail.models import Page

import pytest

from actions.models import RecommendationIndexPage
from actions.roadmap.models import ActionIndexPage
from home.models import PtsmPage
from tests.factories.actions import ActionIndexPageFactory, RecommendationIndexPageFactory
from tests.factories.home import make_home


@pytest.fixture
def home_page(db: None) -> Page:
    return make_home()


@pytest.fixture
def roadmap(home_page: Page) -> ActionIndexPage:
    return ActionIndexPageFactory(parent=home_page)


@pytest.fixture
def recommendations(home_page: Page) -> RecommendationIndexPage:
    ptsm = home_page.add_child(instance=PtsmPage(title="Le PTSM", slug="ptsm"))
    return RecommendationIndexPageFactory(parent=ptsm)
