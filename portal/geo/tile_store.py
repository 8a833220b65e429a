"""Cache of map tiles on disk: one file a tile, dated by its download.

Several processes share it without a lock, and any of them may die at any time: a file is written
whole, then renamed; a missing or damaged one is downloaded again.
"""

import contextlib
import hashlib
import itertools
import logging
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

import puremagic

logger = logging.getLogger(__name__)

#: One write in so many looks at the size of the whole.
_WRITES_BETWEEN_LOOKS = 200
_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}
_writes = itertools.count(1)


class _StoredTile(NamedTuple):
    changed: float
    size: int
    path: Path


def media_type(body: bytes) -> str:
    """MIME type of an image by its bytes, whatever its server says; empty for anything else."""
    try:
        kinds = {match.extension for match in puremagic.magic_string(body)}
    except (puremagic.PureError, ValueError):
        return ""
    return next((kind for suffix, kind in _TYPES.items() if suffix in kinds), "")


def _root() -> Path:
    return settings.VAR_DIR / "tiles"


def folder_of(source: str) -> Path:
    """The folder of a source, so that a new source never shows images of the former."""
    return _root() / hashlib.sha256(source.encode()).hexdigest()[:12]


def read(path: Path) -> tuple[bytes | None, float]:
    """A cached tile and its age in seconds; None when it is missing or damaged."""
    try:
        body, age = path.read_bytes(), time.time() - path.stat().st_mtime
    except OSError:
        return None, 0.0
    return (body if not body or media_type(body) else None), age


def write(path: Path, body: bytes) -> None:
    """Write a tile whole or not at all; a full disk is logged and stops no reader."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            file.write(body)
        os.replace(file.name, path)
    except OSError as error:
        logger.warning("A tile of the map could not be kept (%s).", type(error).__name__)
    if next(_writes) % _WRITES_BETWEEN_LOOKS == 1:
        with contextlib.suppress(OSError):
            make_room()


def make_room() -> None:
    """Drop the oldest tiles when all of them take too much, and what dead processes have left.

    Goes down to nine tenths, so as not to begin again at the next tile.
    """
    tiles, dropped, an_hour_ago = [], [], time.time() - 3600
    for kept in sorted(_kept_files()):
        if kept.path.suffix != ".part":
            tiles.append(kept)
        elif kept.changed < an_hour_ago:
            dropped.append(kept)
    total = sum(kept.size for kept in tiles)
    limit = settings.PORTAL_TILES_MAX_BYTES
    enough = limit * 0.9 if total > limit else limit
    for kept in tiles:
        if total <= enough:
            break
        total -= kept.size
        dropped.append(kept)
    for kept in dropped:
        kept.path.unlink(missing_ok=True)


def _kept_files() -> Iterator[_StoredTile]:
    for folder, _folders, names in os.walk(_root()):
        for name in names:
            path = Path(folder, name)
            with contextlib.suppress(OSError):  # another process has just dropped it
                status = path.stat()
                yield _StoredTile(status.st_mtime, status.st_size, path)
