"""Copies that follow their source, and pages kept for some people."""

from wagtail.models import Locale, Page, PageViewRestriction

import pytest

from newsletter.models import NewsIndexPage
from tests.factories.newsletter import NewsIndexPageFactory, NewsPageFactory


@pytest.fixture
def index(db: None) -> NewsIndexPage:
    return NewsIndexPageFactory(parent=Page.get_first_root_node())


def test_a_page_without_restriction_is_for_everyone(index: NewsIndexPage) -> None:
    assert not NewsPageFactory(parent=index).get_view_restrictions().exists()


def test_what_is_below_a_restricted_page_is_restricted(index: NewsIndexPage) -> None:
    news = NewsPageFactory(parent=index)
    restriction = PageViewRestriction.objects.create(page=index, restriction_type="login")
    assert list(news.get_view_restrictions()) == [restriction]
    assert list(Page.get_view_restrictions(news)) == [restriction]


def test_a_copy_that_follows_its_source_is_restricted_as_its_source(index: NewsIndexPage) -> None:
    news = NewsPageFactory(parent=index)
    copy = news.create_alias(update_slug="copie")
    copy_of_copy = copy.create_alias(update_slug="copie-de-copie")
    restriction = PageViewRestriction.objects.create(page=news, restriction_type="login")
    for page in (news, copy, copy_of_copy):
        assert list(page.get_view_restrictions()) == [restriction]
        assert list(Page.get_view_restrictions(page)) == [restriction]


def test_a_restriction_on_a_neighbour_changes_nothing(index: NewsIndexPage) -> None:
    PageViewRestriction.objects.create(page=NewsPageFactory(parent=index), restriction_type="login")
    assert not NewsPageFactory(parent=index).get_view_restrictions().exists()


def test_a_copy_that_follows_its_source_has_its_own_identity(index: NewsIndexPage) -> None:
    news = NewsPageFactory(parent=index)
    copy = news.create_alias(update_slug="copie")
    news.title = "Un autre titre"
    news.save_revision().publish()
    followed = copy.__class__.objects.get(pk=copy.pk)
    assert followed.title == "Un autre titre"
    assert followed.uuid == copy.uuid != news.uuid


def test_the_whole_tree_can_be_repeated_in_another_language(index: NewsIndexPage) -> None:
    NewsPageFactory(parent=index)
    english = Locale.objects.create(language_code="en")
    index.copy_for_translation(english, copy_parents=True, alias=True)
    index.get_children().first().copy_for_translation(english, alias=True)
    assert NewsIndexPage.objects.filter(locale=english).count() == 1
