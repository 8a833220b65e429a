"""Sending services (Brevo, Mailjet, Scaleway…) through django-anymail."""

import re
from contextlib import suppress

from django.core.mail import EmailMultiAlternatives, get_connection

import requests
from anymail.exceptions import (
    AnymailAPIError,
    AnymailError,
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
)
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from newsletter.backends.base import Dropped, MailBackend, NotSent, Refused, ServiceAway, TryLater

#: Where a service gives back what names our row, in each event about the message.
ORIGINAL_ID = "message-id"

# What the service answers when it refuses this message rather than the portal.
_ABOUT_THIS_MESSAGE = {400, 413, 422}
# …unless it does not know who signs, which is the same for everybody.
_ABOUT_WHO_SIGNS = re.compile(r"(?<![\w@.-])sender\b(?![\w.-]*@)", re.IGNORECASE)
_GATEWAY_TIMED_OUT = 504
# Headers that a service writes itself, and refuses a message for.
_WRITES_ITSELF = {"Mailjet": {"message-id", "list-id"}}


class ServiceMailBackend(MailBackend):
    """One HTTP call a message: these services do not promise to send it only once."""

    def __init__(self) -> None:
        self.connection = get_connection()

    def send(self, message: EmailMultiAlternatives) -> str:
        self._suit(message)
        try:
            self.connection.open()
            self.connection.send_messages([message])
        except AnymailRecipientsRefused as reason:
            raise Refused(_one_line(reason), hard=_is_unknown(message)) from reason
        except AnymailAPIError as reason:
            raise _meaning(reason) from reason
        except AnymailInvalidAddress as reason:
            raise TryLater(type(reason).__name__) from reason
        except AnymailError as reason:
            raise ServiceAway(_one_line(reason)) from reason
        status = message.anymail_status  # type: ignore[attr-defined]
        if "failed" in status.status:
            # Mailjet: a refusal that anymail takes for one of several results.
            response = status.esp_response
            raise _by_status(response.status_code, _one_line(response.text), is_read=True)
        return status.message_id if isinstance(status.message_id, str) else ""

    def close(self) -> None:
        with suppress(AnymailError, OSError):
            self.connection.close()

    def _suit(self, message: EmailMultiAlternatives) -> None:
        """Take away what services refuse; have them give back what names our row.

        They have a return address, and often a Message-ID, of their own.
        """
        if hasattr(message, "envelope_sender"):
            del message.envelope_sender
        ours = message.extra_headers.get("Message-ID")
        if ours:
            message.metadata = {ORIGINAL_ID: ours}  # type: ignore[attr-defined]
        refused = _WRITES_ITSELF.get(getattr(self.connection, "esp_name", ""), ())
        message.extra_headers = {
            name: value
            for name, value in message.extra_headers.items()
            if name.lower() not in refused
        }


def _is_unknown(message: EmailMultiAlternatives) -> bool:
    statuses = message.anymail_status.status or set()  # type: ignore[attr-defined]
    return "invalid" in statuses


def _meaning(reason: AnymailAPIError) -> NotSent:
    words = _one_line(reason)
    if reason.status_code is not None:
        return _by_status(reason.status_code, words)
    return ServiceAway(words) if _never_arrived(reason.__cause__) else Dropped(words)


def _never_arrived(cause: BaseException | None) -> bool:
    """Whether the call failed before the service was told anything."""
    if isinstance(cause, requests.ConnectTimeout | requests.exceptions.SSLError):
        return True
    inner = getattr(cause.args[0], "reason", None) if cause and cause.args else None
    return isinstance(inner, NewConnectionError | ConnectTimeoutError)


def _by_status(status: int, words: str, *, is_read: bool = False) -> NotSent:
    if status in _ABOUT_THIS_MESSAGE or (is_read and status < 300):
        return ServiceAway(words) if _ABOUT_WHO_SIGNS.search(words) else TryLater(words)
    if status < 300 or status == _GATEWAY_TIMED_OUT:
        # It may have been taken: what was answered could not be read, or never came.
        return Dropped(words)
    return ServiceAway(words)


def _one_line(reason: Exception | str) -> str:
    return " ".join(str(reason)[:2000].split())
