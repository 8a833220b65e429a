"""Which answers a browser may keep a copy of, for the day when nothing answers.

The service worker (``home.offline``) keeps an answer that bears this header, and no other: never
an error, a maintenance page, a hotel's sign-in page, or a page that was made for one person.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

HEADER = "X-Offline-Copy"
#: A page kept under its address; a selection, of which only the last one is kept; a page whose
#: copy, kept before it was dangerous to have read, is to be taken away.
PAGE, SELECTION, NONE = "page", "selection", "none"


def allow_offline_copy(request: HttpRequest, response: Any, kind: str = PAGE) -> None:
    """Say that ``response`` may be kept on the device of whoever reads it without an account."""
    is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    is_preview = getattr(request, "is_preview", False) or getattr(request, "is_dummy", False)
    if settings.PORTAL_OFFLINE_COPIES and not (is_signed_in or is_preview):
        response.headers[HEADER] = kind
