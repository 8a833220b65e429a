"""Media in a folder of this machine, which nginx reads."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from django.conf import settings

from portal.backups.archive import ArchiveReader
from portal.backups.media.names import checked_name


class FolderMedia:
    """See ``portal.backups.media.MediaStore``; media beside are folders of their own."""

    def names(self) -> Iterator[str]:
        """A link that leads elsewhere is not followed."""
        for folder, _folders, names in os.walk(root()):
            for name in sorted(names):
                path = Path(folder) / name
                if path.is_file() and not path.is_symlink():
                    yield path.relative_to(root()).as_posix()

    def open(self, name: str) -> IO[bytes]:
        return (root() / name).open("rb")

    def size(self) -> int:
        return sum((root() / name).stat().st_size for name in self.names())

    def extract_beside(self, archive: ArchiveReader) -> Path:
        folder = root().with_name(f".{root().name}.{secrets.token_hex(4)}.nouveaux")
        extract(archive, folder)
        return folder

    def swap(self, beside: Path) -> Path | None:
        replaced = None
        if root().exists():
            replaced = root().with_name(f".{root().name}.{secrets.token_hex(4)}.remplaces")
            root().rename(replaced)
        beside.rename(root())
        return replaced

    def put_back(self, replaced: Path | None) -> None:
        self.drop(root())
        if replaced is not None:
            replaced.rename(root())

    def drop(self, beside: Path | None) -> None:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)

    def mend_interrupted_swap(self) -> None:
        """Killed between its two renames, a restore has left no media in their place."""
        if not root().exists():
            for replaced in root().parent.glob(f".{root().name}.*.remplaces"):
                replaced.rename(root())
                break
        for leftover in root().parent.glob(f".{root().name}.*.nouveaux"):
            self.drop(leftover)


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def extract(archive: ArchiveReader, folder: Path) -> int:
    """Write the media of an archive in ``folder``, so that nginx reads them; how many."""
    make_folder(folder)
    names = archive.manifest.media_files
    for name in names:
        target = folder / checked_name(name, archive.name)
        make_folder(target.parent)
        with target.open("xb") as file:
            archive.copy(name, file)
        target.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    _give_to_portal(folder)
    return len(names)


def make_folder(folder: Path) -> None:
    if not folder.exists():
        make_folder(folder.parent)
        folder.mkdir()
        folder.chmod(settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS)


def _give_to_portal(folder: Path) -> None:
    """Restored by root, the files belong to the portal's account all the same."""
    if os.geteuid() != 0:
        return
    owner = settings.VAR_DIR.stat()
    for path in (folder, *folder.rglob("*")):
        with suppress(OSError):
            os.chown(path, owner.st_uid, owner.st_gid)


def unreadable_parent() -> Path | None:
    """A folder above the media that other accounts, such as nginx's, may not go through."""
    for folder in (root(), *root().parents):
        if folder.exists() and not folder.stat().st_mode & 0o001:
            return folder
    return None
