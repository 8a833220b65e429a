"""SMTP: what each answer of a server means for one person, or for everybody.

The codes are those of RFC 5321, with the finer ones of RFC 3463 when a server gives them.
"""

import re
import smtplib
from contextlib import suppress
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from newsletter.backends.base import Dropped, MailBackend, NotSent, Refused, ServiceAway, TryLater
from portal.mail.smtp_replies import finer_code, is_unknown_address

# Busy, closing, slowing us down, or wanting us to log in: said to one person, meant for all.
_FOR_EVERYBODY = {421, 454, 530, 535, 538}
# « Relay access denied »: the server does not carry the mail of this portal.
_CARRIES_FOR_OTHERS = re.compile(
    r"\brelay(?:ing)?\b.{0,40}\b(?:denied|not (?:allowed|permitted))"
    r"|(?:do not|unable to|not (?:allowed|permitted) to) relay"
    r"|authentication (?:is )?required",
    re.IGNORECASE,
)


class _TracksProgress:
    """Remembers whether the message itself was begun: before that, it cannot have left."""

    may_have_left = False

    def mail(self, *args: Any, **kwargs: Any) -> Any:
        self.may_have_left = False
        return super().mail(*args, **kwargs)  # type: ignore[misc]

    def data(self, *args: Any, **kwargs: Any) -> Any:
        self.may_have_left = True
        return super().data(*args, **kwargs)  # type: ignore[misc]


class _Connection(_TracksProgress, smtplib.SMTP):
    pass


class _EncryptedConnection(_TracksProgress, smtplib.SMTP_SSL):
    pass


class _SmtpConnection(EmailBackend):
    @property
    def connection_class(self) -> type[_Connection | _EncryptedConnection]:  # type: ignore[override]
        return _EncryptedConnection if self.use_ssl else _Connection


class SmtpMailBackend(MailBackend):
    """One connection, opened when needed, kept from one message to the next."""

    def __init__(self) -> None:
        self.connection = _SmtpConnection()

    def send(self, message: EmailMultiAlternatives) -> str:
        line = self._line_in_use() or self._new_line()
        try:
            self.connection.send_messages([_with_envelope(message)])
        except smtplib.SMTPRecipientsRefused as reason:
            raise _meaning(*next(iter(reason.recipients.values()))) from reason
        except smtplib.SMTPSenderRefused as reason:
            raise ServiceAway(_said(reason.smtp_code, reason.smtp_error)) from reason
        except smtplib.SMTPDataError as reason:
            raise _meaning(reason.smtp_code, reason.smtp_error) from reason
        except (ValueError, smtplib.SMTPNotSupportedError) as reason:
            # This message cannot be told to this server; the next one may.
            raise TryLater(type(reason).__name__) from reason
        except (smtplib.SMTPException, OSError) as reason:
            self.close()
            raise (Dropped if line.may_have_left else TryLater)(str(reason)) from reason
        return ""

    def _line_in_use(self) -> Any:
        """The connection of the last message, unless the server has hung up since.

        Asking costs less than doubt; what is left of a refused message is forgotten as well.
        """
        line = self.connection.connection
        try:
            if line is not None and line.rset()[0] == 250:
                return line
        except (smtplib.SMTPException, OSError):
            pass
        self.close()
        return None

    def _new_line(self) -> Any:
        try:
            self.connection.open()
            line: Any = self.connection.connection
            line.ehlo_or_helo_if_needed()
        except smtplib.SMTPResponseException as reason:
            self.close()
            raise ServiceAway(_said(reason.smtp_code, reason.smtp_error)) from reason
        except (smtplib.SMTPException, OSError) as reason:
            self.close()
            raise ServiceAway(str(reason)) from reason
        return line

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


def _meaning(code: int, answer: bytes | str) -> NotSent:
    words = _text(answer)
    said = f"{code} {words}"
    if code in _FOR_EVERYBODY or _refuses_the_portal(words):
        return ServiceAway(said)
    if code < 500:
        return TryLater(said)
    return Refused(said, hard=is_unknown_address(words))


def _refuses_the_portal(words: str) -> bool:
    """A policy (5.7.x) that would meet whoever is written to."""
    return finer_code(words)[:4] in ("", "5.7.") and bool(_CARRIES_FOR_OTHERS.search(words))


def _said(code: int, words: bytes | str) -> str:
    return f"{code} {_text(words)}"


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
