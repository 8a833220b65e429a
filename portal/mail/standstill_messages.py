"""When something stands still, the coordination and the host are written to, once a day.

The jobs look themselves; so does the web server, now and then, in case the jobs are what stopped.
"""

import logging
import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import Error
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.base.models import PortalSettings
from portal.jobs.standstill import Standstill, standstills
from portal.mail.layout import absolute
from portal.mail.models import OutgoingMessage
from portal.mail.queue import post
from portal.mail.sender import attempt_soon

TRANSLATED = False

logger = logging.getLogger(__name__)

KIND = "standstill"
#: The same thing is not said again before.
SAID_AGAIN_AFTER = timedelta(days=1)
#: Between two looks of the web server.
LOOKED_AT_EVERY = timedelta(minutes=10)
#: Of this process: asked first, so that a request costs no reading of the shared cache.
_next_look = 0.0


def tell_standstills(now: datetime | None = None) -> str:
    """Write to who can see to it; out: what stands still, in sentences, empty when nothing does."""
    with translation.override(settings.LANGUAGE_CODE):
        found = standstills(now)
        for one in found:
            _tell(one, now or timezone.now())
        return " ".join(one.sentence for one in found)


def _tell(one: Standstill, now: datetime) -> None:
    subject = _("À l’arrêt : %(title)s") % {"title": one.title}
    said = OutgoingMessage.objects.filter(kind=KIND, subject=subject)
    if said.filter(created_at__gt=now - SAID_AGAIN_AFTER).exists():
        return
    logger.error("Something stands still: %s.", one.name)
    for address in addresses():
        message = post(
            address,
            KIND,
            subject,
            sentence=one.sentence,
            link=absolute(reverse("periodic_jobs")),
        )
        # Not left to the queue: its own job may be what stopped.
        attempt_soon(message)


def addresses() -> list[str]:
    """The coordination's generic address, and that of the host when there is one."""
    both = (PortalSettings.load().contact_email, settings.PORTAL_HOST_EMAIL)
    return list(dict.fromkeys(filter(None, both)))


def forget_last_look() -> None:
    """Let the next request look, whenever the last one did."""
    global _next_look
    _next_look = 0.0


def look_now_and_then(**_: Any) -> None:
    """At the end of a request: one process at most, every ten minutes."""
    global _next_look
    if time.monotonic() < _next_look:
        return
    _next_look = time.monotonic() + LOOKED_AT_EVERY.total_seconds()
    if not cache.add("standstill-look", True, LOOKED_AT_EVERY.total_seconds()):
        return
    try:
        tell_standstills()
    except Error:
        logger.warning("The database is away: nothing is known of what stands still.")
