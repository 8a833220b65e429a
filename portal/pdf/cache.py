"""The documents made, kept on disk until what they show changes.

Each is named after a hash of all that it shows: one whose hash is the same is the same
document. It is put in place once whole; the oldest go when all of them take too much.
"""

import contextlib
import hashlib
import os
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.utils import translation

from portal.base.cached import get_or_set
from portal.jobs.locks import exclusive_lock
from portal.pdf.render import Paper, press_it, stylesheet

MOST_BYTES = 200 * 1024**2
#: While another document is made, one that was right so many seconds ago will do.
STILL_RIGHT_SECONDS = 15 * 60
_LEFTOVER_SECONDS = 3600


class Busy(Exception):
    """Another document is being made: this machine makes one at a time."""


class _Unknown(Exception):
    """What the document shows has to be read anew."""


def find(paper: Paper) -> bytes | None:
    """The document, when it was made and nothing has changed since, as far as we know."""
    try:
        stamp = get_or_set(_key(paper), _not_known)
        return _path(paper, stamp).read_bytes()
    except (_Unknown, OSError):
        return None


def make(paper: Paper) -> bytes:
    """The document as it is now, made if need be; ``Busy`` when another one is being made.

    Reading what it shows counts as making: it asks much of the database.
    """
    with exclusive_lock("paper") as is_ours:
        if not is_ours:
            return _made_not_long_ago(paper)
        with translation.override(settings.LANGUAGE_CODE):
            pages = paper.pages()
        stamp = _stamp(paper, pages)
        path = _path(paper, stamp)
        try:
            body = path.read_bytes()
            os.utime(path)
        except OSError:
            body = press_it(paper, pages, stamp)
            _put(path, body)
            _make_room(path)
        get_or_set(_key(paper), lambda: stamp)
        return body


def weights() -> dict[str, int]:
    """How heavy each document was when it was last made, by its name."""
    newest: dict[str, tuple[float, int]] = {}
    for path in _folder().glob("*.pdf"):
        with contextlib.suppress(OSError):  # another process has just dropped it
            name, status = path.name.split(".")[0], path.stat()
            newest[name] = max(newest.get(name, (0.0, 0)), (status.st_mtime, status.st_size))
    return {name: size for name, (_changed, size) in newest.items()}


def _made_not_long_ago(paper: Paper) -> bytes:
    for path in _folder().glob(f"{paper.name}.*.pdf"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime < STILL_RIGHT_SECONDS:
                return path.read_bytes()
    raise Busy


def _folder() -> Path:
    return settings.VAR_DIR / "paper"


def _path(paper: Paper, stamp: str) -> Path:
    return _folder() / f"{paper.name}.{stamp}.pdf"


def _key(paper: Paper) -> str:
    return f"paper:{paper.name}"


def _not_known() -> str:
    raise _Unknown


def _stamp(paper: Paper, pages: list[str]) -> str:
    """All that decides what the document looks like."""
    styles = [path.read_text() for path in sorted(stylesheet().parent.glob("*.css"))]
    told = [version("weasyprint"), paper.base_url, str(paper.most_pages), *styles, *pages]
    return hashlib.sha256("\0".join(told).encode()).hexdigest()[:24]


def _put(path: Path, body: bytes) -> None:
    """Whole or not at all. A full disk keeps no document from its reader."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            file.write(body)
        os.replace(file.name, path)


def _make_room(newest: Path) -> None:
    """Drop what this document replaces, what dead processes left, and the oldest beyond a size."""
    name, room = newest.name.split(".")[0], MOST_BYTES
    dated = [(path.stat().st_mtime, path) for path in _folder().iterdir() if path != newest]
    for changed, path in sorted(dated, reverse=True):
        is_replaced = path.name.split(".")[0] == name
        is_leftover = path.suffix == ".part" and time.time() - changed > _LEFTOVER_SECONDS
        room -= path.stat().st_size
        if is_replaced or is_leftover or room < 0:
            path.unlink(missing_ok=True)
