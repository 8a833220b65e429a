"""Delivery state of messages sent by Scaleway, polled: it has no webhook.

Its events go through a queue that it sells apart. What failed in the last days is read whole
each time: there is no place to keep, and a message noted twice is noted once.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import requests
from anymail.backends.scaleway import EmailBackend

from newsletter.models import Delivery
from newsletter.services import delivery_state
from portal.mail.smtp_replies import is_about_something_else, is_unknown_address

# It tries again for a day or two before it gives up.
LOOKED_BACK = timedelta(days=4)
_PAGE = 100
_MOST_PAGES = 100


class ServiceSilent(Exception):
    """Why Scaleway could not be asked, in French and without its key."""


def is_the_service() -> bool:
    return f"{EmailBackend.__module__}.{EmailBackend.__qualname__}" == settings.EMAIL_BACKEND


def poll_failures() -> str:
    """Note what failed; one sentence, empty when there is nothing new. Raises ServiceSilent."""
    count = 0
    for told in _failed():
        unknown = Delivery.objects.filter(service_id=told["id"], bounce="")
        for row in unknown:
            delivery_state.record_bounce(row, *_judged(told))
            count += 1
    words = ngettext("%(count)d retour noté.", "%(count)d retours notés.", count)
    return words % {"count": count} if count else ""


def _judged(told: dict[str, Any]) -> tuple[str, str]:
    tries = told.get("last_tries") or [{}]
    last = max(tries, key=lambda attempt: attempt.get("rank", 0))
    words = f"{last.get('code') or ''} {last.get('message') or ''}".strip()
    says_so = "mailbox_not_found" in (told.get("flags") or [])
    hard = is_unknown_address(words) or (says_so and not is_about_something_else(words))
    return (Delivery.Bounce.HARD if hard else Delivery.Bounce.SOFT), words


def _failed() -> Iterator[dict[str, Any]]:
    """The messages that Scaleway gave up, page after page."""
    connection = get_connection()
    asked = {
        "project_id": connection.project_id,
        "statuses": "failed",
        "since": (timezone.now() - LOOKED_BACK).isoformat(),
        "order_by": "created_at_asc",
        "page_size": _PAGE,
    }
    for page in range(1, _MOST_PAGES + 1):
        emails = _answer(connection, {**asked, "page": page})["emails"]
        yield from emails
        if len(emails) < _PAGE:
            return


def _answer(connection: Any, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        response = requests.get(
            urljoin(connection.api_url, "emails"),
            params=asked,
            headers={"X-Auth-Token": connection.secret_key},
            timeout=connection.timeout,
        )
        response.raise_for_status()
        answer: dict[str, Any] = response.json()
        answer["emails"]
    except (requests.RequestException, LookupError, TypeError) as reason:
        problem = _("Scaleway ne dit pas ce que les messages sont devenus (%s).")
        raise ServiceSilent(problem % type(reason).__name__) from None
    return answer
