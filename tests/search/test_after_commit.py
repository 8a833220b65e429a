"""Pages are indexed right after the commit of their change, and by their mark when that failed."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from unittest.mock import patch

from django.conf import LazySettings
from django.db import DatabaseError
from django.utils import timezone

import pytest

from resources.listing.models import DirectoryPage
from resources.models import GemPage, OpenPeriod
from search.models import PageToIndex
from search.services import after_commit
from search.services.after_commit import index_left_pages, index_marked
from tests.factories.home import make_home
from tests.factories.resources import DirectoryPageFactory, GemPageFactory
from tests.search.indexed import titles

Committed = Callable[..., Iterator[None]]


@pytest.fixture
def gem(db: None, settings: LazySettings) -> GemPage:
    directory: DirectoryPage = DirectoryPageFactory(parent=make_home())
    gem = GemPageFactory(parent=directory, title="La Treille")
    settings.SEARCH_INDEX_AFTER_COMMIT = True
    return gem


def publish(gem: GemPage, title: str) -> None:
    gem.title = title
    gem.opening_hours = "24/7"
    gem.save_revision().publish()


def grow_old() -> None:
    PageToIndex.objects.update(made_at=timezone.now() - timedelta(minutes=2))


def test_the_next_reader_finds_what_is_published(
    gem: GemPage, django_capture_on_commit_callbacks: Committed
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        publish(gem, "La Glycine")
        assert titles("glycine") == []
    assert titles("glycine") == ["La Glycine"]
    assert OpenPeriod.objects.filter(entry=gem.pk).exists()
    assert not PageToIndex.objects.exists()


def test_what_is_unpublished_is_found_no_more(
    gem: GemPage, django_capture_on_commit_callbacks: Committed
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        publish(gem, "La Glycine")
    with django_capture_on_commit_callbacks(execute=True):
        gem.unpublish()
    assert titles("glycine") == []
    assert not OpenPeriod.objects.filter(entry=gem.pk).exists()


def test_what_a_process_that_died_has_left_is_indexed_by_the_job(gem: GemPage) -> None:
    publish(gem, "La Glycine")  # and its process ends before the callbacks
    assert index_left_pages() == 0, "another process may be at it"
    grow_old()
    assert index_left_pages() == 1
    assert titles("glycine") == ["La Glycine"]
    assert OpenPeriod.objects.filter(entry=gem.pk).exists()
    assert index_left_pages() == 0


def test_an_index_that_refuses_costs_no_publication_and_is_tried_again(
    gem: GemPage, django_capture_on_commit_callbacks: Committed
) -> None:
    with (
        patch.object(after_commit, "write_documents", side_effect=DatabaseError("disk")),
        django_capture_on_commit_callbacks(execute=True),
    ):
        publish(gem, "La Glycine")
    assert GemPage.objects.get().title == "La Glycine"
    grow_old()
    index_left_pages()
    assert titles("glycine") == ["La Glycine"]


def test_a_page_that_changed_while_it_was_read_is_left_to_its_last_author(gem: GemPage) -> None:
    publish(gem, "La Glycine")
    read = after_commit.page_documents

    def read_then_changed(pages: object) -> list:
        documents = list(read(pages))
        with patch.object(after_commit, "page_documents", read):
            publish(gem, "Le Platane")
            index_marked([gem.pk])
        return documents

    with patch.object(after_commit, "page_documents", read_then_changed):
        index_marked([gem.pk])
    assert titles("platane") == ["Le Platane"]
    assert titles("glycine") == []
