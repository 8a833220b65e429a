"""Help lines among the answers of the search."""

from django.core.management import call_command

import pytest

from portal.crisis.models import HelpLine
from search.contracts import SearchQuery
from search.services import search
from tests.factories.home import CrisisPageFactory, HelpLineFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def _lines(home_page):
    HelpLine.objects.all().delete()
    CrisisPageFactory(parent=home_page)
    HelpLineFactory(number="0 800 23 13 13", name="Envie de parler de mourir", situation="Mourir")
    HelpLineFactory(number="15", name="Samu")
    HelpLineFactory(number="3114", name="Prévention du suicide")
    call_command("rebuild_search", verbosity=0)


@pytest.mark.usefixtures("_lines")
@pytest.mark.parametrize("words", ["envie de mourir", "suicide", "je veux me pendre"])
def test_the_numbers_of_the_danger_come_before_lines_that_hold_the_words(words):
    titles = [hit.title for hit in search(SearchQuery(text=words)).hits]
    assert titles[0].startswith("3114")
    assert titles[1].startswith("15")


@pytest.mark.usefixtures("_lines")
def test_without_a_danger_the_words_decide():
    titles = [hit.title for hit in search(SearchQuery(text="samu")).hits]
    assert titles[0].startswith("15")
