"""HTML to PDF by WeasyPrint, in a process beside the portal (``portal.pdf.worker``)."""

import ctypes
import json
import logging
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from portal.pdf.registry import PdfDocument
from portal.pdf.worker import NO_LIBRARY

logger = logging.getLogger(__name__)

#: The libraries that WeasyPrint asks of the machine, and the Debian package of each.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
MOST_SECONDS = 330


class PdfNotMade(Exception):
    """No document can be made on this machine, or not this one."""


def missing_packages() -> list[str]:
    """What to install for documents to be made here."""
    return [package for library, package in LIBRARIES.items() if not _is_there(library)]


def _is_there(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def stylesheet() -> Path:
    return Path(settings.BASE_DIR) / "portal" / "static" / "portal" / "css" / "pdf.css"


def render_pdf(document: PdfDocument, pages: list[str], stamp: str) -> bytes:
    """The document as a PDF; ``PdfNotMade`` when there is no way to have it."""
    job = {
        "pages": pages,
        "most_pages": document.most_pages,
        "stylesheet": str(stylesheet()),
        "base_url": document.base_url,
        "stamp": stamp,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "portal.pdf.worker"],
            cwd=settings.BASE_DIR,
            env=_environment(),
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        logger.error("A document could not be made (%s).", type(error).__name__)
        raise PdfNotMade from error
    if done.returncode == 0:
        return done.stdout
    reason = "a library is missing" if done.returncode == NO_LIBRARY else _last_line(done.stderr)
    logger.error("A document could not be made: %s.", reason)
    raise PdfNotMade


def _environment() -> dict[str, str]:
    """Nothing of ours: the worker needs no secret. Fonts' lists are kept with our files."""
    fonts = settings.VAR_DIR / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "XDG_CACHE_HOME": str(fonts)}


def _last_line(stderr: bytes) -> str:
    """The kind of error, without its words: they may quote what the document says."""
    lines = stderr.decode(errors="replace").strip().splitlines() or ["no message"]
    return lines[-1].split(":")[0]
