"""Adapter of allauth: accounts are made by the coordinator, nobody signs up."""

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url

from allauth.account.adapter import DefaultAccountAdapter


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Refuses sign-up, and leads to the editor or to « Mes fiches » after sign-in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if request.user.has_perm("wagtailadmin.access_admin"):
            return super().get_login_redirect_url(request)
        return resolve_url(settings.MEMBER_REDIRECT_URL)
