"""Error pages stand alone: no database (these tests have none), no page, no signed-in user."""

import re
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.management import call_command
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import path
from django.views import defaults

import pytest

NUMBERS = ("tel:3114", "tel:15", "tel:112", "sms:114")


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the database is away")


urlpatterns = [path("panne/", fail)]


@pytest.mark.parametrize(
    "code", ["400", "403", "403_csrf", "404", "413", "errors/too_many_requests", "500", "503"]
)
def test_an_error_page_gives_the_numbers_without_any_context(code: str) -> None:
    html = render_to_string(f"{code}.html")
    for number in NUMBERS:
        assert f'href="{number}"' in html
    assert html.count("<h1>") == 1
    assert not re.search(r"\sstyle=|<script|<style", html)
    assert re.search(r"<title>\S.* – Santé mentale</title>", html)


@pytest.mark.parametrize(
    ("view", "error", "status", "words"),
    [
        (defaults.bad_request, SuspiciousOperation(), 400, "n’est pas lisible"),
        (defaults.permission_denied, PermissionDenied(), 403, "ne vous est pas ouverte"),
        (defaults.page_not_found, Http404(), 404, "n’existe pas, ou plus"),
    ],
)
def test_an_error_speaks_french_and_says_what_to_do(
    rf: RequestFactory, view: Any, error: Exception, status: int, words: str
) -> None:
    response = view(rf.get("/nulle-part/"), error)
    assert response.status_code == status
    assert words in response.content.decode()


@pytest.mark.urls("tests.base.test_error_pages")
def test_a_fault_of_the_portal_shows_the_numbers(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/panne/")
    assert response.status_code == 500
    assert "tel:3114" in response.content.decode()
    assert "database" not in response.content.decode()


def test_an_expired_form_is_explained(rf: RequestFactory) -> None:
    request = rf.post("/lettre/", {"mail": "a@b.example"})
    request._dont_enforce_csrf_checks = False
    middleware = CsrfViewMiddleware(lambda request: HttpResponse())
    response = middleware.process_view(request, lambda request: HttpResponse(), (), {})
    assert response is not None
    assert response.status_code == 403
    assert "Votre formulaire a expiré" in response.content.decode()


def test_the_web_server_gets_error_pages_as_files(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    call_command("write_error_pages", verbosity=0)
    assert sorted(path.name for path in tmp_path.rglob("*")) == [
        "400.html",
        "404.html",
        "413.html",
        "429.html",
        "500.html",
        "503.html",
        "errors",
    ]
    assert "tel:3114" in (tmp_path / "errors" / "503.html").read_text(encoding="utf-8")
