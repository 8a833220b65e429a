"""How allauth makes accounts and where it leads: the coordinator makes them, nobody signs up."""

from django.http import HttpRequest
from django.urls import reverse

from allauth.account.adapter import DefaultAccountAdapter

#: Where somebody comes in who has no right to edit the portal: their own entries.
OWN_PAGES = "resources:my_entries"


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the coordinator: nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if request.user.has_perm("wagtailadmin.access_admin"):
            return super().get_login_redirect_url(request)
        return reverse(OWN_PAGES)
