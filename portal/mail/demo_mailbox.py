"""The messages that the demonstration kept instead of sending them."""

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from pathlib import Path

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from portal.mail.file_backend import FileEmailBackend, parse_file_name

_BACKEND = f"{FileEmailBackend.__module__}.{FileEmailBackend.__qualname__}"
# What Python's parser raises on a header or a part that it can't make sense of.
_UNREADABLE = (MessageError, LookupError, ValueError, TypeError, AttributeError)


def is_open() -> bool:
    """Whether anybody may read them: only where no real person can have written."""
    is_rehearsal = settings.DEBUG or getattr(settings, "PORTAL_IS_DEMO", False)
    return is_rehearsal and settings.EMAIL_BACKEND == _BACKEND


def demo_mailbox_address() -> str:
    """Where to read what was « sent »; empty when messages really leave."""
    try:
        return reverse("demo_mailbox") if is_open() else ""
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class KeptMessage:
    """A message of the folder. What can't be read of it is shown empty, never refused."""

    name: str
    written_at: datetime
    parsed: EmailMessage

    def header(self, name: str) -> str:
        try:
            return _shown(", ".join(str(value) for value in self.parsed.get_all(name, [])))
        except _UNREADABLE:
            return ""

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def _body(self, kind: str) -> str:
        try:
            part = self.parsed.get_body((kind,))
        except _UNREADABLE:
            return ""
        if part is None:
            return ""
        try:
            return _shown(part.get_content())
        except _UNREADABLE:  # For instance a charset that doesn't exist.
            payload = part.get_payload(decode=True)
            return payload.decode(errors="replace") if isinstance(payload, bytes) else ""


def names() -> list[str]:
    """The names of all the messages, newest first."""
    try:
        found = [path.stem for path in _folder().iterdir() if path.suffix == ".eml"]
    except OSError:  # No message was ever written.
        return []
    return sorted((name for name in found if parse_file_name(name)), reverse=True)


def read(name: str, headers_only: bool = False) -> KeptMessage | None:
    """One message; None when the folder holds none of that name."""
    written_at = parse_file_name(name)
    if written_at is None:
        return None
    try:
        content = (_folder() / f"{name}.eml").read_bytes()
    except OSError:
        return None
    if headers_only:
        parsed = BytesHeaderParser(policy=email.policy.default).parsebytes(content)
    else:
        parsed = email.message_from_bytes(content, policy=email.policy.default)
    return KeptMessage(name, written_at, parsed)  # type: ignore[arg-type]


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


def _shown(text: str) -> str:
    """Bytes of no charset become a mark that a page can hold."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
