"""Adapters of allauth: accounts are made by the coordinator; attempts and messages are counted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator

from portal.mail.queue import enqueue
from portal.sign_in.known_places import remember_place
from portal.sign_in.limits import may_write, password_attempt
from portal.sign_in.second_factor import is_only_factor, needs_second_factor

#: How long a message that gives neither a code nor a link is worth being sent.
NOTICE_VALIDITY = timedelta(days=1)
#: The messages that anybody can have sent to an address that they know.
ASKED_BY_ANYBODY = ("/login_code", "/password_reset_key", "/unknown_account")


#: What may open instead of the editor's home page: an address, or nothing, for a user.
_first_screens: list[Callable[[Any], str]] = []


def open_after_sign_in(choose: Callable[[Any], str]) -> None:
    """Have ``choose`` asked where somebody goes who signs in to the editor's home page."""
    _first_screens.append(choose)


class AccountAdapter(DefaultAccountAdapter):
    """The portal's account adapter (``ACCOUNT_ADAPTER``).

    Refuses sign-up, leads to the editor or to « Mes fiches », counts wrong passwords, and waits for
    no mail server.
    """

    _was_right: Callable[[], None] | None = None

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if request.user.has_perm("wagtailadmin.access_admin"):
            return super().get_login_redirect_url(request)
        return resolve_url(settings.MEMBER_REDIRECT_URL)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt before it is looked at: many at once are no more than one by one."""
        login = credentials.get("email") or credentials.get("username") or ""
        self._was_right = password_attempt(request, login)
        if self._was_right is None:
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        user = super().authenticate(request, **credentials)
        if user is not None and self._was_right:
            self._was_right()
        return user

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **how: Any) -> HttpResponse:
        if (how.get("redirect_url") or editor_home()) == editor_home():
            chosen = next((url for choose in _first_screens if (url := choose(user))), "")
            how["redirect_url"] = chosen or how.get("redirect_url")
        response = super().post_login(request, user, **how)
        remember_place(request, response, user)  # type: ignore[arg-type]
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue what allauth would send in the request; tried at once, never after its validity.

        Its code or link is erased once it has left, the whole row when it has expired. Beyond the
        limits nothing is sent and nothing is said: the answer is the same for every address.
        """
        request = allauth_context.request
        site = get_current_site(request)
        whole = {"request": request, "email": email, "current_site": site, **context}
        message = self.render_mail(template_prefix, email, whole)
        if template_prefix.endswith(ASKED_BY_ANYBODY) and not may_write(request, email):
            return
        enqueue(
            email,
            kind=template_prefix.replace("/email/", "/"),
            subject=message.subject,
            text=str(message.body),
            valid_for=_validity(template_prefix),
            at_once=True,
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    """The portal's adapter of second factors (``MFA_ADAPTER``)."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether somebody who must have a second factor would keep another one."""
        user = authenticator.user
        return not (needs_second_factor(user) and is_only_factor(authenticator))


def editor_home() -> str:
    return reverse("wagtailadmin_home")


def _validity(template_prefix: str) -> timedelta:
    if template_prefix.endswith("/password_reset_key"):
        return timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    if template_prefix.endswith(("_code", "/unknown_account")):
        return timedelta(seconds=app_settings.LOGIN_BY_CODE_TIMEOUT)
    return NOTICE_VALIDITY
