"""Making an archive: the database at one moment, the media, the journal of erasures."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.template.defaultfilters import filesizeformat

from portal.backups.archive import JOURNAL, ArchiveWriter, writing
from portal.backups.databases import this_database
from portal.backups.encryption import encrypts
from portal.backups.errors import BackupError, require_space, told_in_french
from portal.backups.folder import backup_folder, forget_old_archives
from portal.backups.manifest import describe_this_portal
from portal.backups.media import MediaStore, this_media
from portal.backups.media.names import PREFIX
from portal.jobs.locks import exclusive_lock
from portal.privacy import erasure_journal

#: Left free on the disk by a backup, in bytes: readers and editors write too.
MARGIN = 50 * 1024**2


@dataclass(frozen=True, slots=True)
class MadeArchive:
    """The archive that was made, and how many old ones were forgotten."""

    path: Path
    size: int
    seconds: float
    tables: int
    media: int
    forgotten: int


def make_archive(
    folder: Path | None = None,
    *,
    forget_old: bool = True,
    go_on: Callable[[], None] = lambda: None,
) -> MadeArchive:
    """Save the portal while it works, then forget the archives that the rotation does not keep.

    ``go_on`` is called often and may raise to stop. Raises ``BackupError`` with a French sentence;
    whatever happens, older archives are untouched and no incomplete file has the name of one.
    """
    folder = folder or backup_folder()
    started = time.monotonic()
    with told_in_french(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with exclusive_lock("backup") as is_ours:
            if not is_ours:
                raise BackupError("Une autre sauvegarde est en cours : attendez qu’elle finisse.")
            _forget_drafts(folder)
            require_space(folder, _estimate() + MARGIN)
            path, tables, files = _write(folder, go_on)
            forgotten = forget_old_archives(folder) if forget_old else 0
    seconds = time.monotonic() - started
    return MadeArchive(path, path.stat().st_size, seconds, tables, files, forgotten)


def _write(folder: Path, go_on: Callable[[], None]) -> tuple[Path, int, int]:
    media = this_media()
    manifest = describe_this_portal("files" if media else "elsewhere")
    with writing(folder, manifest) as (path, writer):
        database = this_database()

        def write(source: IO[bytes]) -> None:
            writer.add(database.member, source, go_on)

        manifest.tables = database.dump(write, folder)
        _add_journal(writer)
        if media:
            _add_media(media, writer, go_on)
    return path, len(manifest.tables), len(manifest.media_files)


def _add_journal(writer: ArchiveWriter) -> None:
    journal = erasure_journal.path()
    if journal.exists():
        with journal.open("rb") as source:
            writer.add(JOURNAL, source, lambda: None)


def _add_media(media: MediaStore, writer: ArchiveWriter, go_on: Callable[[], None]) -> None:
    """After the database: a file that it names is there, unless somebody deleted it meanwhile."""
    for name in media.names():
        try:
            source = media.open(name)
        except FileNotFoundError:
            continue
        with source:
            writer.add(PREFIX + name, source, go_on)


def _estimate() -> int:
    """Bytes that an archive and what it is made from may take."""
    database = this_database().size()
    media = this_media()
    total = database + (media.size() if media else 0)
    # A copy of SQLite, and what is about to be encrypted, are there for a moment.
    return total + database + (total if encrypts() else 0)


def _forget_drafts(folder: Path) -> None:
    """What a backup that was killed has left."""
    for draft in (*folder.glob(".portail-*.partiel"), *folder.glob(".portail-*.age")):
        draft.unlink(missing_ok=True)


def said_in_one_line(made: MadeArchive) -> str:
    forgotten = f" {made.forgotten} ancienne(s) oubliée(s)." if made.forgotten else ""
    return (
        f"{made.path} : {filesizeformat(made.size)}, {made.tables} tables, {made.media} médias, "
        f"en {made.seconds:.1f} s.{forgotten}"
    )
