"""What stands between a signed-in session and the portal: limits, and the second factor."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from portal.api.throttling import consume
from portal.sign_in.second_factor import has_given_second_factor, needs_second_factor

ACCOUNT_PAGES = "/compte/"
EDITOR = "/admin/"
#: Checks of a password by somebody who has signed in already, by the name of their address.
PASSWORD_CHECKS = {"account_change_password", "account_reauthenticate"}


class SignInLimitsMiddleware:
    """Answers 429 to a network, or to a session, that sends too many forms of the account."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        if request.method != "POST" or not request.path.startswith(ACCOUNT_PAGES):
            return None
        wait = consume("account_forms", request)
        if not wait and getattr(request.resolver_match, "url_name", None) in PASSWORD_CHECKS:
            wait = consume("password_checks", str(request.user.pk))
        if not wait:
            return None
        response = render(request, "429.html", status=429)
        response.headers["Retry-After"] = str(wait)
        return response


class SecondFactorMiddleware:
    """Whoever needs a second factor and has not given it is nobody, but on the account's pages.

    Every page then answers as to a reader. The editor, and what asks to sign in, lead to the page
    that explains the second step.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._is_missing(request):
            return self.get_response(request)
        if request.path.startswith(EDITOR) and request.path != reverse("wagtailadmin_logout"):
            return _second_step(request)
        if not request.path.startswith((ACCOUNT_PAGES, EDITOR)):
            request.user = AnonymousUser()
        response = self.get_response(request)
        asks_to_sign_in = urlsplit(response.headers.get("Location", "")).path in (
            reverse("account_login"),
            reverse("editor_door"),
        )
        is_account_page = request.path.startswith(ACCOUNT_PAGES)
        return _second_step(request) if asks_to_sign_in and not is_account_page else response

    def _is_missing(self, request: HttpRequest) -> bool:
        # Readers carry no session: nothing is asked of the database for them.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return False
        user = request.user
        return (
            user.is_authenticated
            and needs_second_factor(user)
            and not has_given_second_factor(request)
        )


def _second_step(request: HttpRequest) -> HttpResponse:
    query = {"next": request.get_full_path()} if request.method == "GET" else {}
    return redirect(f"{reverse('second_factor')}?{urlencode(query)}")
