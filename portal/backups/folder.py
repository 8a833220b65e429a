"""The folder of archives, and what is known of the newest one: its date, its size, its test."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from portal.backups.archive import moment_of
from portal.backups.errors import BackupError
from portal.backups.rotation import to_forget

_TEST_RECORD = "essai.json"


@dataclass(frozen=True, slots=True)
class StoredArchive:
    """An archive of the folder: its file, when it was made, its size in bytes."""

    path: Path
    moment: datetime
    size: int


@dataclass(frozen=True, slots=True)
class TrialRecord:
    """The last time an archive was restored beside: what was found, or why it failed."""

    archive: str
    at: str
    tables: int
    rows: int
    media: int
    seconds: float
    error: str = ""

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


def backup_folder() -> Path:
    return Path(settings.PORTAL_BACKUP_DIR or settings.VAR_DIR / "backups")


def stored_archives(folder: Path | None = None) -> list[StoredArchive]:
    """The archives of a folder, the newest first; empty when the folder cannot be read."""
    found = []
    try:
        for entry in os.scandir(folder or backup_folder()):
            moment = moment_of(entry.name)
            if moment is not None and entry.is_file():
                found.append(StoredArchive(Path(entry.path), moment, entry.stat().st_size))
    except OSError:
        return []
    return sorted(found, key=lambda archive: archive.moment, reverse=True)


def newest_archive() -> StoredArchive | None:
    return next(iter(stored_archives()), None)


def find_archive(name: str) -> Path:
    """The archive that was asked for: « latest », a path, or a name in the folder."""
    if name == "latest":
        newest = newest_archive()
        if newest is None:
            raise BackupError(f"Il n’y a aucune sauvegarde dans {backup_folder()}.")
        return newest.path
    for path in (Path(name), backup_folder() / name):
        if path.is_file():
            return path.resolve()
    raise BackupError(f"{name} n’existe pas, ni dans {backup_folder()}.")


def forget_old_archives(folder: Path) -> int:
    """Delete what the rotation does not keep; how many."""
    archives = stored_archives(folder)
    old = to_forget(archive.moment for archive in archives)
    for archive in archives:
        if archive.moment in old:
            archive.path.unlink(missing_ok=True)
    return len(old)


def last_test() -> TrialRecord | None:
    try:
        text = (backup_folder() / _TEST_RECORD).read_text(encoding="utf-8")
        return TrialRecord(**json.loads(text))
    except (OSError, ValueError, TypeError):
        return None


def note_test(record: TrialRecord) -> None:
    draft = backup_folder() / f".{_TEST_RECORD}.partiel"
    draft.write_text(json.dumps(asdict(record), ensure_ascii=False), encoding="utf-8")
    draft.replace(backup_folder() / _TEST_RECORD)
