from django.http import HttpRequest

from allauth.account.adapter import DefaultAccountAdapter


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the coordinator: nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
