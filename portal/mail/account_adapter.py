"""The account messages of allauth (codes, resets, notices) sent by the queue."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site

from allauth.account import app_settings
from allauth.core import context as allauth_context

from portal.mail.queue import enqueue
from portal.users.adapters import ClosedAccountAdapter

#: How long a message that gives neither a code nor a link is worth being sent.
NOTICE_VALIDITY = timedelta(days=1)


class QueuedMailAccountAdapter(ClosedAccountAdapter):
    """The portal's adapter (``ACCOUNT_ADAPTER``): signing in waits for no mail server."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue what allauth would send in the request; tried at once, never after its validity.

        Its code or link is erased once it has left, the whole row when it has expired.
        """
        request = allauth_context.request
        site = get_current_site(request)
        whole = {"request": request, "email": email, "current_site": site, **context}
        message = self.render_mail(template_prefix, email, whole)
        enqueue(
            email,
            kind=template_prefix.replace("/email/", "/"),
            subject=message.subject,
            text=str(message.body),
            valid_for=_validity(template_prefix),
            at_once=True,
        )


def _validity(template_prefix: str) -> timedelta:
    if template_prefix.endswith("/password_reset_key"):
        return timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    if template_prefix.endswith(("_code", "/unknown_account")):
        return timedelta(seconds=app_settings.LOGIN_BY_CODE_TIMEOUT)
    return NOTICE_VALIDITY
