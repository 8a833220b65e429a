"""What every answer tells the browser, and what it never leaves there."""

import importlib

from django.conf import LazySettings
from django.test import Client, override_settings
from django.urls import reverse

from wagtail.models import Page, Site

import pytest

from home.models import HomePage
from tests.factories.newsletter import EventIndexPageFactory, NewsIndexPageFactory, NewsPageFactory
from tests.factories.users import UserFactory

PUBLIC = [
    "/",
    "/actualites/",
    "/actualites/une-nouvelle/",
    "/agenda/",
    "/actualites/flux.xml",
    "/actualites/atom.xml",
    "/agenda/agenda.ics",
    "/nulle-part/",
]


@pytest.fixture
def pages(db: None) -> None:
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Accueil", slug="chez-nous"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": home}
    )
    NewsPageFactory(parent=NewsIndexPageFactory(parent=home), slug="une-nouvelle")
    EventIndexPageFactory(parent=home)


def directives(policy: str) -> dict[str, list[str]]:
    return {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.strip()}


@pytest.mark.parametrize("address", [*PUBLIC, "/compte/login/", "/admin/"])
def test_every_answer_carries_the_protective_headers(
    client: Client, pages: None, address: str
) -> None:
    headers = client.get(address).headers
    policy = directives(headers["Content-Security-Policy"])
    assert policy["object-src"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'self'"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    for feature in ("camera", "microphone", "payment"):
        assert f"{feature}=()" in headers["Permissions-Policy"]
    assert "Server" not in headers
    assert "X-Powered-By" not in headers


@pytest.mark.parametrize("address", [*PUBLIC, "/compte/login/"])
def test_public_pages_run_no_inline_script_or_style(
    client: Client, pages: None, address: str
) -> None:
    answer = client.get(address)
    policy = directives(answer.headers["Content-Security-Policy"])
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == ["'self'"]
    assert policy["style-src"] == ["'self'"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    page = answer.content.decode()
    assert " style=" not in page
    assert " onclick=" not in page
    assert "<style" not in page


@pytest.mark.parametrize(
    ("address", "resource_policy"),
    [
        ("/static/portal/js/main.js", "same-origin"),
        ("/static/portal/css/main.css", "same-origin"),
        ("/static/portal/icons.svg", "same-origin"),
        ("/static/wagtailadmin/js/wagtailadmin.js", "same-origin"),
    ],
)
def test_a_static_file_runs_nothing_by_itself(
    client: Client, settings: LazySettings, address: str, resource_policy: str
) -> None:
    settings.WHITENOISE_USE_FINDERS = True
    answer = client.get(address)
    assert answer.status_code == 200
    assert directives(answer.headers["Content-Security-Policy"])["default-src"] == ["'none'"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == resource_policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_only_the_editor_s_screens_have_the_exceptions_they_need(
    client: Client, pages: None
) -> None:
    client.force_login(UserFactory(is_superuser=True))
    policy = directives(client.get("/admin/").headers["Content-Security-Policy"])
    assert "'unsafe-inline'" in policy["style-src"]
    assert policy["object-src"] == ["'none'"]
    assert policy["default-src"] == ["'none'"]
    assert all("http" not in source for sources in policy.values() for source in sources)


@pytest.mark.parametrize("address", PUBLIC)
def test_reading_leaves_no_cookie(client: Client, pages: None, address: str) -> None:
    answer = client.get(address)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


@override_settings(
    SECURE_HSTS_SECONDS=importlib.import_module("portal.settings.production").SECURE_HSTS_SECONDS,
    SECURE_HSTS_INCLUDE_SUBDOMAINS=True,
    SECURE_SSL_REDIRECT=True,
)
def test_in_production_everything_goes_through_https(client: Client, pages: None) -> None:
    assert client.get("/").url.startswith("https://")
    answer = client.get("/", secure=True)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.parametrize("asked", [False, True])
def test_other_names_of_the_domain_are_not_told_to_use_https_unless_asked(
    monkeypatch: pytest.MonkeyPatch, asked: bool
) -> None:
    for name in ("PORTAL_HSTS_SUBDOMAINS", "PORTAL_HSTS_PRELOAD"):
        monkeypatch.setenv(name, str(asked)) if asked else monkeypatch.delenv(name, raising=False)
    production = importlib.reload(importlib.import_module("portal.settings.production"))
    assert production.SECURE_HSTS_INCLUDE_SUBDOMAINS is asked
    assert production.SECURE_HSTS_PRELOAD is asked


@override_settings(ALLOWED_HOSTS=["testserver"])
def test_another_site_s_name_is_refused(client: Client, pages: None) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_the_editor_s_page_of_a_news_opens(client: Client, pages: None) -> None:
    client.force_login(UserFactory(is_superuser=True))
    news = Page.objects.get(slug="une-nouvelle")
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[news.pk]))
    assert answer.status_code == 200
