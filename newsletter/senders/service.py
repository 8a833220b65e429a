"""Sending services (Brevo, Mailjet, Scaleway…) through django-anymail."""

from contextlib import suppress

from django.core.mail import EmailMultiAlternatives, get_connection

import requests
from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused

from newsletter.senders.contract import Carrier, Dropped, Refused, ServiceAway, TryLater

#: What the service answers when it refuses this message rather than the portal.
_ABOUT_THIS_MESSAGE = {400, 413, 422}
_NEVER_TRIED = (requests.ConnectionError, requests.ConnectTimeout)


class ServiceCarrier(Carrier):
    """One HTTP call a message: these services do not promise to send it only once."""

    def __init__(self) -> None:
        self.connection = get_connection()

    def carry(self, message: EmailMultiAlternatives) -> str:
        try:
            self.connection.send_messages([message])
        except AnymailRecipientsRefused as reason:
            raise Refused(_first_line(reason), hard=_is_unknown(message)) from reason
        except AnymailAPIError as reason:
            raise _meaning(reason) from reason
        except AnymailError as reason:
            raise ServiceAway(_first_line(reason)) from reason
        identifier = message.anymail_status.message_id  # type: ignore[attr-defined]
        return identifier if isinstance(identifier, str) else ""

    def close(self) -> None:
        with suppress(AnymailError, OSError):
            self.connection.close()


def _is_unknown(message: EmailMultiAlternatives) -> bool:
    statuses = message.anymail_status.status or set()  # type: ignore[attr-defined]
    return "invalid" in statuses


def _meaning(reason: AnymailAPIError) -> Exception:
    words = _first_line(reason)
    if reason.status_code is None:
        cut = not isinstance(reason.__cause__, _NEVER_TRIED)
        timed_out = isinstance(reason.__cause__, requests.ReadTimeout)
        return Dropped(words) if cut or timed_out else ServiceAway(words)
    if reason.status_code in _ABOUT_THIS_MESSAGE:
        return TryLater(words)
    return ServiceAway(words)


def _first_line(reason: Exception) -> str:
    return " ".join(str(reason).split())[:300]
