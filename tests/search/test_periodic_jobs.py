"""What the search does by itself."""

from datetime import timedelta

import pytest

from search import periodic_jobs
from search.engines import embedded_engine
from search.models import PendingChange, UnansweredSearch
from search.services.unanswered import monday
from tests.factories.home import StandardPageFactory, make_home

pytestmark = pytest.mark.django_db


def test_the_index_is_mended_by_itself() -> None:
    page = StandardPageFactory(parent=make_home(), title="Le PTSM expliqué")
    embedded_engine().remove([page.to_search_document().key])
    assert "1 documents écrits" in periodic_jobs._reconcile()
    assert "0 documents écrits, 0 retirés" in periodic_jobs._reconcile()


def test_rare_questions_are_forgotten_even_when_nobody_asks_anything_more() -> None:
    UnansweredSearch.objects.create(week=monday() - timedelta(days=7), digest="a", count=1)
    periodic_jobs._forget_counts()
    assert not UnansweredSearch.objects.exists()


def test_without_a_server_nothing_waits_for_it() -> None:
    PendingChange.objects.create(key="page:1")
    periodic_jobs._tell_the_server()
    assert not PendingChange.objects.exists()
