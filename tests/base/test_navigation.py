"""The frame of a page: menu, breadcrumb, languages, footer."""

import json
from typing import Any

from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation

from wagtail.models import Locale, Page, Site

import pytest

from newsletter.models import NewsIndexPage
from portal.base.models import PortalSettings
from portal.base.navigation import MenuItem, build_footer_columns, language_links, menu_items
from tests.factories.newsletter import NewsIndexPageFactory, NewsPageFactory


@pytest.fixture
def home(db: None) -> Page:
    return Site.objects.get(is_default_site=True).root_page


@pytest.fixture
def index(home: Page) -> NewsIndexPage:
    return NewsIndexPageFactory(
        parent=home, title="Toutes les actualités", short_title="Actualités", show_in_menus=True
    )


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    return rf.get("/")


def write_footer(links: list[dict[str, Any]]) -> PortalSettings:
    settings = PortalSettings.load()
    column = {"title": "Trouver de l’aide", "links": links}
    settings.footer = json.dumps([{"type": "column", "value": column}])
    settings.save()
    return PortalSettings.objects.get()


def test_the_menu_says_short_titles_and_where_the_reader_is(
    index: NewsIndexPage, request_: HttpRequest
) -> None:
    news = NewsPageFactory(parent=index)
    assert menu_items(request_, None) == [MenuItem("Actualités", index.url)]
    assert menu_items(request_, index)[0].current == "page"
    assert menu_items(request_, news)[0].current == "true"


def test_a_page_kept_out_of_the_menu_or_unpublished_is_not_in_it(
    index: NewsIndexPage, request_: HttpRequest
) -> None:
    index.unpublish()
    NewsIndexPageFactory(parent=index.get_parent(), slug="autre", show_in_menus=False)
    assert menu_items(request_, None) == []


def test_the_menu_and_the_breadcrumb_cost_one_query_each(
    index: NewsIndexPage, request_: HttpRequest, django_assert_num_queries: Any
) -> None:
    page = NewsPageFactory(parent=index)
    Site.find_for_request(request_)  # as every request has already asked
    Site.get_site_root_paths()
    with django_assert_num_queries(1):
        menu_items(request_, page)
    with django_assert_num_queries(1):
        assert [ancestor.menu_title for ancestor in page.ancestors_in_site][1:] == ["Actualités"]


def test_a_page_in_one_language_offers_no_choice(index: NewsIndexPage) -> None:
    assert language_links(index) == []


def test_only_a_real_translation_is_offered_as_a_language(home: Page, index: NewsIndexPage) -> None:
    english = Locale.objects.create(language_code="en")
    home.copy_for_translation(english)
    copy = index.copy_for_translation(english, alias=True)
    assert language_links(index) == []
    copy.alias_of = None
    copy.live = True
    copy.save()
    assert [(language.code, language.name) for language in language_links(index)] == [
        ("fr", "Français"),
        ("en", "English"),
    ]


def test_the_footer_leads_to_the_page_in_the_language_of_the_reader(
    home: Page, index: NewsIndexPage, django_assert_num_queries: Any
) -> None:
    english = Locale.objects.create(language_code="en")
    home.copy_for_translation(english)
    copy = index.copy_for_translation(english)
    copy.title, copy.short_title, copy.live = "News", "", True
    copy.save()
    link = {"label": "", "page": index.pk, "address": ""}
    footer = write_footer([link, link, {"label": "Aide", "page": None, "address": "/aide/"}]).footer
    assert [item.title for item in build_footer_columns(footer)[0].links] == [index.title] * 2 + [
        "Aide"
    ]
    Site.get_site_root_paths()
    with translation.override("en"), django_assert_num_queries(1):
        links = build_footer_columns(footer)[0].links
    assert links[0].title == "News"
    assert links[2].url == "/aide/"


def test_a_page_deleted_since_leaves_the_footer_standing(index: NewsIndexPage) -> None:
    write_footer([{"label": "Actualités", "page": index.pk, "address": ""}])
    index.delete()
    assert build_footer_columns(PortalSettings.objects.get().footer)[0].links == []


def test_a_reader_gets_the_whole_frame_and_no_cookie(index: NewsIndexPage, client: Client) -> None:
    response = client.get(index.url)
    html = response.content.decode()
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert html.count("<h1") == 1
    assert 'href="tel:3114"' in html
    assert f'<a href="{index.url}" aria-current="page">Actualités</a>' in html
    assert f'<link rel="canonical" href="{index.full_url}">' in html


def test_an_editor_gets_the_editing_bar_and_a_reader_does_not(
    index: NewsIndexPage, client: Client, admin_client: Client
) -> None:
    assert "wagtail-userbar" not in client.get(index.url).content.decode()
    assert "wagtail-userbar" in admin_client.get(index.url).content.decode()


def test_what_editors_typed_in_french_says_so_on_an_english_page(
    home: Page, index: NewsIndexPage
) -> None:
    english = Locale.objects.create(language_code="en")
    home.copy_for_translation(english)
    write_footer([{"label": "Les nouvelles", "page": index.pk, "address": ""}])
    footer = PortalSettings.objects.get().footer
    with translation.override("en"):
        column = build_footer_columns(footer)[0]
        assert (column.language, column.links[0].language) == ("fr", "fr")
    with translation.override("fr-simple"):
        column = build_footer_columns(footer)[0]
        assert (column.language, column.links[0].language) == ("", "")


def test_a_page_read_in_english_gives_its_english_name_to_the_footer(
    home: Page, index: NewsIndexPage
) -> None:
    english = Locale.objects.create(language_code="en")
    home.copy_for_translation(english)
    copy = index.copy_for_translation(english)
    copy.title, copy.short_title, copy.live = "All the news", "News", True
    copy.save()
    write_footer([{"label": "Les nouvelles", "page": index.pk, "address": ""}])
    with translation.override("en"):
        link = build_footer_columns(PortalSettings.objects.get().footer)[0].links[0]
    assert (link.title, link.url, link.language) == ("News", copy.url, "")


def test_a_page_that_is_renamed_changes_in_the_menu_at_once(
    index: NewsIndexPage, request_: HttpRequest
) -> None:
    assert [item.title for item in menu_items(request_, None)] == ["Actualités"]
    index.short_title = "Nouvelles"
    index.save_revision().publish()
    assert [item.title for item in menu_items(request_, None)] == ["Nouvelles"]


def test_the_footer_follows_what_an_editor_writes_at_once(index: NewsIndexPage) -> None:
    before = write_footer([{"label": "Avant", "address": "/avant/"}])
    assert build_footer_columns(before.footer)[0].links[0].title == "Avant"
    after = write_footer([{"label": "Après", "address": "/apres/"}])
    assert build_footer_columns(after.footer)[0].links[0].title == "Après"
