"""What browsers and robots ask the site for."""

import math
import re
from datetime import datetime, timedelta

from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup

from home.services import open_language
from portal.base.models import PortalSettings
from portal.base.sitemap import PortalSitemap
from portal.cache.content_version import change_content_version
from tests.factories.home import ContactPageFactory, StandardPageFactory, make_home


@pytest.fixture
def home_page(db):
    return make_home()


def urls_of(client):
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    return {url.loc.text: url for url in soup.find_all("url")}


def test_the_sitemap_lists_public_pages_of_every_language(client, home_page):
    StandardPageFactory(parent=home_page, slug="visible")
    StandardPageFactory(parent=home_page, slug="brouillon", live=False)
    english = open_language(home_page, "en", title="Mental health")

    urls = urls_of(client)
    assert {url.removeprefix("http://testserver") for url in urls} == {"/", "/visible/", "/en/"}
    alternates = {
        link["hreflang"]: link["href"]
        for link in urls[english.full_url].find_all(attrs={"rel": "alternate"})
    }
    assert alternates == {
        "fr": "http://testserver/",
        "en": "http://testserver/en/",
        "x-default": "http://testserver/",
    }
    assert not urls["http://testserver/visible/"].find(attrs={"rel": "alternate"})


def test_the_sitemap_costs_the_same_for_many_pages(
    client, home_page, django_assert_max_num_queries
):
    for n in range(30):
        StandardPageFactory(parent=home_page, slug=f"p{n}")
    client.get("/sitemap.xml")
    with django_assert_max_num_queries(15):
        assert len(urls_of(client)) == 31


def test_many_addresses_are_given_in_several_files_that_an_index_names(
    client, home_page, monkeypatch
):
    for number in range(4):
        StandardPageFactory(parent=home_page, slug=f"p{number}")
    whole = addresses_of(client.get("/sitemap.xml"))
    monkeypatch.setattr(PortalSitemap, "limit", 2)
    files = addresses_of(client.get("/sitemap.xml"))
    assert len(files) == math.ceil(len(whole) / 2)
    parts = [addresses_of(client.get(file.removeprefix("http://testserver"))) for file in files]
    assert [address for part in parts for address in part] == whole
    assert max(map(len, parts)) == 2
    assert client.get("/sitemap-rien.xml").status_code == 404


def test_a_sitemap_that_did_not_change_is_not_made_again(client, home_page):
    first = client.get("/sitemap.xml")
    with CaptureQueriesContext(connection) as queries:
        again = client.get("/sitemap.xml", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert not queries.captured_queries
    change_content_version()
    headers = {"If-None-Match": first["ETag"]}
    assert client.get("/sitemap.xml", headers=headers).status_code == 200


def addresses_of(response):
    return re.findall(r"<loc>([^<]+)</loc>", response.content.decode())


def test_robots_know_the_sitemap_and_stay_out_of_the_editor(client, db):
    text = client.get("/robots.txt").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /admin/" in text


def test_a_demonstration_asks_not_to_be_indexed(client, db, settings):
    settings.PORTAL_IS_DEMO = True

    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()


def test_security_txt_tells_whom_to_write_for_less_than_a_year(client, db):
    assert client.get("/.well-known/security.txt").status_code == 404
    portal = PortalSettings.load()
    portal.contact_email = "ptsm@exemple.fr"
    portal.save()

    text = client.get("/.well-known/security.txt").content.decode()
    lines = dict(line.split(": ", 1) for line in text.strip().splitlines())
    assert lines["Contact"] == "mailto:ptsm@exemple.fr"
    expires = datetime.fromisoformat(lines["Expires"])
    assert timezone.now() < expires < timezone.now() + timedelta(days=365)
    assert lines["Canonical"] == "http://testserver/.well-known/security.txt"


def test_without_an_address_a_flaw_is_told_by_the_form(client, db):
    page = ContactPageFactory(parent=make_home())
    page.save_revision().publish()
    text = client.get("/.well-known/security.txt").content.decode()
    assert f"Contact: http://testserver{page.url}" in text


def test_the_manifest_names_the_portal_and_its_icons_exist(client, db):
    response = client.get("/manifest.webmanifest")
    manifest = response.json()

    assert response["Content-Type"] == "application/manifest+json"
    assert manifest["name"] == PortalSettings.load().site_name
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


def test_the_favicon_answers_where_browsers_look_for_it(client, db):
    response = client.get("/favicon.ico")

    assert response.status_code == 200
    assert b"".join(response.streaming_content)[:4] == b"\x00\x00\x01\x00"


@pytest.mark.parametrize(
    "address", ["/robots.txt", "/manifest.webmanifest", "/favicon.ico", "/sitemap.xml"]
)
def test_these_files_leave_no_cookie(client, home_page, address):
    assert not client.get(address).cookies


def test_a_renamed_page_leads_to_its_new_address(
    client, home_page, django_capture_on_commit_callbacks
):
    page = StandardPageFactory(parent=home_page, slug="ancien")
    page.slug = "nouveau"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    response = client.get("/ancien/")
    assert response.status_code == 301
    assert response["Location"] == "/nouveau/"
    assert client.get("/nouveau/").status_code == 200
