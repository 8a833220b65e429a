"""SMTP: what each answer of a server means for one person, or for everybody.

The codes are those of RFC 5321, with the finer ones of RFC 3463 when a server gives them.
"""

import re
import smtplib
from contextlib import suppress

from django.core.mail import EmailMultiAlternatives, get_connection

from newsletter.senders.contract import Carrier, Dropped, NotSent, Refused, ServiceAway, TryLater

# Busy, closing, or slowing us down: said to one person, meant for all that follows.
_FOR_EVERYBODY = {421, 454}
_FINER_CODE = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
# The mailbox does not exist, has moved or was closed (RFC 3463, 3.2 and 3.3).
_NO_SUCH_ADDRESS = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}
_REFUSED_OUTRIGHT = {550, 551, 553}


def names_nobody(code: int, words: str) -> bool:
    """Whether a refusal says that the address itself does not exist."""
    finer = _FINER_CODE.search(words)
    if finer:
        return finer.group() in _NO_SUCH_ADDRESS
    return code in _REFUSED_OUTRIGHT


class SmtpCarrier(Carrier):
    """One connection, opened when needed, kept from one message to the next."""

    def __init__(self) -> None:
        self.connection = get_connection()

    def carry(self, message: EmailMultiAlternatives) -> str:
        self._open()
        try:
            self.connection.send_messages([_with_envelope(message)])
        except smtplib.SMTPRecipientsRefused as reason:
            code, words = next(iter(reason.recipients.values()))
            raise _meaning(code, _text(words), at_address=True) from reason
        except smtplib.SMTPSenderRefused as reason:
            raise ServiceAway(_said(reason.smtp_code, reason.smtp_error)) from reason
        except smtplib.SMTPDataError as reason:
            words = _text(reason.smtp_error)
            raise _meaning(reason.smtp_code, words, at_address=False) from reason
        except (smtplib.SMTPException, OSError) as reason:
            self.close()
            raise Dropped(str(reason)) from reason
        return ""

    def _open(self) -> None:
        try:
            self.connection.open()
        except smtplib.SMTPResponseException as reason:
            self.close()
            raise ServiceAway(_said(reason.smtp_code, reason.smtp_error)) from reason
        except (smtplib.SMTPException, OSError) as reason:
            self.close()
            raise ServiceAway(str(reason)) from reason

    def close(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self.connection.close()
        self.connection.connection = None


def _with_envelope(message: EmailMultiAlternatives) -> EmailMultiAlternatives:
    """Bounces go to the address that the portal reads; people still see who signs."""
    envelope = getattr(message, "envelope_sender", "")
    if envelope:
        message.extra_headers.setdefault("From", message.from_email)
        message.from_email = envelope
    return message


def _meaning(code: int, words: str, *, at_address: bool) -> NotSent:
    said = f"{code} {words}"
    if code in _FOR_EVERYBODY:
        return ServiceAway(said)
    if code < 500:
        return TryLater(said)
    return Refused(said, hard=at_address and names_nobody(code, words))


def _said(code: int, words: bytes | str) -> str:
    return f"{code} {_text(words)}"


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
