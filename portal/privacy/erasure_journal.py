"""Journal of erasures: keyed hashes in a file apart from the database and its backups.

Restoring a backup brings erased people back; ``replay_erasures`` reads the journal and erases them
again.
"""

import json
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone


def path() -> Path:
    return Path(settings.PORTAL_ERASURE_JOURNAL or settings.VAR_DIR / "effacements.jsonl")


def note(address_hash: str) -> None:
    """Append a line and flush it to disk; the file is readable by the portal's account only."""
    _append(json.dumps({"hash": address_hash, "at": timezone.now().isoformat()}))


def read(file: Path | None = None) -> dict[str, datetime]:
    """Map each hash of the journal to its last erasure; an incomplete line is ignored."""
    last: dict[str, datetime] = {}
    for line in (file or path()).read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
            at = datetime.fromisoformat(entry["at"])
        except (ValueError, KeyError, TypeError):
            continue
        last[entry["hash"]] = max(at, last.get(entry["hash"], at))
    return last


def join(file: Path) -> None:
    """Add the lines of another journal that this one lacks; none of this one is lost."""
    known = read() if path().exists() else {}
    lines = [
        json.dumps({"hash": address_hash, "at": at.isoformat()})
        for address_hash, at in read(file).items()
        if address_hash not in known or known[address_hash] < at
    ]
    if lines:
        _append("\n".join(lines))


def _append(lines: str) -> None:
    path().parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path(), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "ab") as file:
        # One write, with its own beginning of a line: the last one may have been cut.
        file.write(f"\n{lines}\n".encode())
        file.flush()
        os.fsync(file.fileno())
