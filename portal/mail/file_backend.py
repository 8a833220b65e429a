"""E-mail backend that sends nothing: each message becomes a file that only its owner reads."""

import os
import re
import secrets
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

# Sorted by name is sorted by time; two messages of one moment differ by chance.
_STAMP = "%Y%m%dT%H%M%S-%f"
_NAME = re.compile(r"(\d{8}T\d{6}-\d{6})-[0-9a-f]{8}")


class FileEmailBackend(BaseEmailBackend):
    """Writes each message in ``EMAIL_FILE_PATH`` as it would have left."""

    def __init__(self, *args: Any, file_path: str | Path | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        written = 0
        for message in email_messages:
            if not message.recipients():
                continue
            try:
                self._write(message.message().as_bytes(linesep="\r\n"))
            except OSError:
                if not self.fail_silently:
                    raise
            else:
                written += 1
        return written

    def _write(self, content: bytes) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Beside its place, then renamed: a reader never sees half of a message. mkstemp
        # lets nobody else read.
        handle, path = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".part")
        try:
            with open(handle, "wb") as file:
                file.write(content)
            os.replace(path, self.folder / f"{new_file_name()}.eml")
        except BaseException:
            os.unlink(path)
            raise


def new_file_name() -> str:
    """The name, without extension, of a message written now."""
    return f"{datetime.now(UTC):{_STAMP}}-{secrets.token_hex(4)}"


def parse_file_name(name: str) -> datetime | None:
    """When a message was written, from its name; None if no message of ours has that name."""
    found = _NAME.fullmatch(name)
    if not found:
        return None
    try:
        return datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC)
    except ValueError:  # The 99th of a month.
        return None
