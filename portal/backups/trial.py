"""The weekly test: the newest archive is restored beside and counted, then deleted."""

import time
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from portal.backups.archive import ArchiveReader
from portal.backups.databases import this_database
from portal.backups.errors import BackupError, require_space, told_in_french
from portal.backups.folder import TrialRecord, note_test
from portal.backups.making import MARGIN
from portal.backups.media.folder import extract
from portal.backups.restoring import load_beside, opened
from portal.backups.scratch import scratch_folder


def try_archive(archive: Path) -> TrialRecord:
    """Restore an archive beside the portal, count its tables and media, note the result.

    The portal goes on meanwhile. Raises ``BackupError`` when the archive is no good, which is
    noted too.
    """
    started = time.monotonic()
    tables = rows = files = 0
    error = ""
    try:
        with opened(archive) as reader:
            counts = _restore_database_beside(reader)
            files = _restore_media_beside(reader)
            tables, rows = len(counts), sum(counts.values())
    except BackupError as reason:
        error = str(reason)
        raise
    finally:
        record = TrialRecord(
            archive=archive.name,
            at=timezone.now().isoformat(timespec="seconds"),
            tables=tables,
            rows=rows,
            media=files,
            seconds=round(time.monotonic() - started, 1),
            error=error,
        )
        note_test(record)
    return record


def _restore_database_beside(reader: ArchiveReader) -> dict[str, int]:
    database = this_database()
    weight = reader.manifest.members[database.member][0]
    require_space(settings.VAR_DIR, weight + MARGIN)
    with told_in_french(settings.VAR_DIR):
        beside, counts = load_beside(reader, database)
    database.drop(beside)
    return counts


def _restore_media_beside(reader: ArchiveReader) -> int:
    weight = sum(reader.manifest.members[name][0] for name in reader.manifest.media_files)
    require_space(settings.VAR_DIR, weight + MARGIN)
    with told_in_french(settings.VAR_DIR), scratch_folder() as scratch:
        return extract(reader, scratch / "media")
