"""Files of a large directory, written before they are asked: who asks makes no reader wait.

Thirty thousand entries take the processor half a minute. A job writes the files that somebody has
asked for lately, in a folder of the machine that nothing saves; a request gives the one written
from the entries as they are (``directory_stamp``), and otherwise writes its own while it leaves.
Nothing that is no longer public can thus be read in a file.
"""

import gzip
import hashlib
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils import translation

from portal.cache.content_version import content_version
from portal.jobs.registry import stop_asked
from portal.pdf.registry import public_base_url
from resources.open_data.files import DataFile, read
from resources.open_data.querysets import directory_stamp

#: A smaller directory is written in about a second.
LEAST_ENTRIES = 1_000
#: A file is written again and again as long as somebody has asked for it since.
WANTED_FOR = timedelta(days=7)
#: How often at most what is not an entry (a type, a sector) has a file written again.
CHANGED_EVERY = timedelta(minutes=10)
#: What one round may begin: other jobs wait meanwhile.
LONGEST_ROUND = timedelta(seconds=25)
_PIECE = 65_536


def note_wanted(file: DataFile) -> None:
    """Have the job write this file; a disk that refuses changes nothing for who asks."""
    try:
        _folder().mkdir(exist_ok=True)
        _mark(file).touch()
    except OSError:
        return


def open_written(file: DataFile, stamp: str, address: str) -> IO[bytes] | None:
    """The file written from the entries of this stamp, for this address of the portal.

    ``stamp``: the ``directory_stamp`` of its path. Compressed by gzip unless its format is
    (``is_packed``); None when there is none.
    """
    for path in _folder().glob(f"{_name(file, stamp, address)}.*"):
        try:
            return path.open("rb")
        except OSError:
            continue
    return None


def write_wanted(files: tuple[DataFile, ...]) -> int:
    """Write those of ``files`` that are wanted and have changed; how many were written.

    Out of a directory of ``LEAST_ENTRIES`` or more. What is over is deleted.
    """
    ends_at, written, address = time.monotonic() + LONGEST_ROUND.total_seconds(), 0, ""
    for file in files:
        if stop_asked() or time.monotonic() >= ends_at:
            break
        if not _is_wanted(file):
            _delete_all_but(file, "")
        elif file.entries()[LEAST_ENTRIES - 1 : LEAST_ENTRIES].exists():
            address = address or public_base_url()
            written += _write(file, address)
    return written


def _write(file: DataFile, address: str) -> bool:
    version = content_version()
    name = _name(file, directory_stamp(file.path), address)
    if any(_holds(path, version) for path in _folder().glob(f"{name}.*")):
        return False
    # Not in the folder's own names until it is whole.
    draft = _folder() / f"en-cours.{_slug(file)}"
    with translation.override("fr"), _opened(draft, file) as out:
        for piece in file.chunks(address, read(file.entries())):
            out.write(piece)
    final = _folder() / f"{name}.{version}"
    draft.replace(final)
    _delete_all_but(file, final.name)
    return True


def _opened(draft: Path, file: DataFile) -> Any:
    return draft.open("wb") if file.is_packed else gzip.GzipFile(draft, "wb", compresslevel=6)


def _holds(path: Path, version: int) -> bool:
    """Whether nothing at all has changed since it was written, or it is young."""
    age = time.time() - path.stat().st_mtime
    return path.suffix == f".{version}" or age < CHANGED_EVERY.total_seconds()


def unpacked(file: IO[bytes]) -> Iterator[bytes]:
    """What a compressed file holds, for who takes it in no other way."""
    with gzip.open(file) as content:
        while piece := content.read(_PIECE):
            yield piece


def _is_wanted(file: DataFile) -> bool:
    try:
        return time.time() - _mark(file).stat().st_mtime < WANTED_FOR.total_seconds()
    except OSError:
        return False


def _delete_all_but(file: DataFile, kept: str) -> None:
    for path in _folder().glob(f"{_slug(file)}.*"):
        if path.name != kept and path != _mark(file):
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "data-files"


def _mark(file: DataFile) -> Path:
    return _folder() / f"{_slug(file)}.asked"


def _name(file: DataFile, stamp: str, address: str) -> str:
    return f"{_slug(file)}.{hashlib.sha256(f'{stamp} {address}'.encode()).hexdigest()[:24]}"


def _slug(file: DataFile) -> str:
    return file.path.removeprefix("/api/").replace("/", "-").replace(".", "-")
