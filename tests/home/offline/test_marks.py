"""Which answers a browser may keep, and the script that keeps them."""

from django.conf import settings
from django.test import Client, override_settings

import pytest

from home.models import HomePage, NeedPage
from portal.base.offline_copies import HEADER
from tests.factories.home import CrisisPageFactory, NeedPageFactory, make_home
from tests.factories.resources import DirectoryPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    home = make_home()
    CrisisPageFactory(parent=home)
    return home


def need_page(home: HomePage, **facts: object) -> NeedPage:
    page: NeedPage = NeedPageFactory(parent=home, **facts)
    return page


def test_the_crisis_page_and_the_roads_may_be_kept(home: HomePage, client: Client) -> None:
    road = need_page(home, need="distress")
    for url in ("/aide/", road.url):
        assert client.get(url).headers[HEADER] == "page"
        assert client.get(url).headers[HEADER] == "page"  # kept by the portal, too


def test_a_page_that_is_dangerous_to_have_read_is_taken_away(
    home: HomePage, client: Client
) -> None:
    road = need_page(home, need="violence", has_quick_exit=True)
    assert client.get(road.url).headers[HEADER] == "none"
    assert road.url not in client.get("/service-worker.js").content.decode()


def test_a_selection_may_be_kept_and_a_list_may_not(home: HomePage, client: Client) -> None:
    directory = DirectoryPageFactory(parent=home)
    assert client.get(directory.selection_url).headers[HEADER] == "selection"
    assert HEADER not in client.get(directory.url).headers
    assert HEADER not in client.get("/").headers


def test_nothing_that_is_made_for_one_person_is_kept(home: HomePage, admin_client: Client) -> None:
    assert HEADER not in admin_client.get("/aide/").headers


def test_an_error_is_never_kept(home: HomePage, client: Client) -> None:
    assert HEADER not in client.get("/nulle-part/").headers


def test_the_script_says_what_to_keep_and_is_the_same_each_time(
    home: HomePage, client: Client
) -> None:
    road = need_page(home, need="distress")
    need_page(home, need="relative", slug="un-proche", live=False)
    first = client.get("/service-worker.js")
    assert first["Content-Type"].startswith("text/javascript")
    assert first["Cache-Control"] == "no-cache"
    text = first.content.decode()
    assert f'"needs": ["{road.url}"]' in text
    assert '"crisis": "/aide/"' in text
    assert client.get("/service-worker.js").content == first.content
    assert not client.cookies


@override_settings(PORTAL_OFFLINE_COPIES=False)
def test_switched_off_nothing_is_kept_and_what_was_is_taken_away(
    home: HomePage, client: Client
) -> None:
    response = client.get("/aide/")
    assert HEADER not in response.headers
    assert "data-worker" not in response.content.decode()
    text = client.get("/service-worker.js").content.decode()
    assert "unregister()" in text
    assert "respondWith" not in text


def test_pages_ask_for_the_script(home: HomePage, client: Client) -> None:
    assert settings.PORTAL_OFFLINE_COPIES
    assert 'data-worker="/service-worker.js"' in client.get("/").content.decode()
