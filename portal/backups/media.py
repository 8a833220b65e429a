"""Images and documents: which files there are, and putting them back so that nginx reads them."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage

from portal.backups.archive import ArchiveReader
from portal.backups.errors import NotOurArchive

_PREFIX = "media/"


def are_here() -> bool:
    """Whether media are in a folder of this machine; else their host keeps copies of them."""
    return isinstance(default_storage, FileSystemStorage)


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def media_files() -> Iterator[tuple[str, Path]]:
    """Name in an archive, and path, of each file; a link that leads elsewhere is not followed."""
    for folder, _folders, names in os.walk(root()):
        for name in sorted(names):
            path = Path(folder) / name
            if path.is_file() and not path.is_symlink():
                yield _PREFIX + path.relative_to(root()).as_posix(), path


def size() -> int:
    return sum(path.stat().st_size for _name, path in media_files()) if are_here() else 0


def extract_beside(archive: ArchiveReader) -> Path:
    """All media of an archive in a new folder beside the portal's, each with its sum checked."""
    folder = root().with_name(f".{root().name}.{secrets.token_hex(4)}.nouveaux")
    extract(archive, folder)
    return folder


def extract(archive: ArchiveReader, folder: Path) -> int:
    """Write the media of an archive in ``folder``; how many."""
    make_folder(folder)
    names = archive.manifest.media_files
    for name in names:
        target = folder / _checked(name, archive.name)
        make_folder(target.parent)
        with target.open("xb") as file:
            archive.copy(name, file)
        target.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    _give_to_portal(folder)
    return len(names)


def _checked(name: str, archive: str) -> PurePosixPath:
    path = PurePosixPath(name.removeprefix(_PREFIX))
    if path.is_absolute() or ".." in path.parts or not path.parts or "\\" in name:
        raise NotOurArchive(f"{archive} veut écrire hors du dossier des médias : refusée.")
    return path


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


def swap(folder: Path) -> Path | None:
    """Put ``folder`` in the place of the portal's media; where those now are, None for none."""
    replaced = None
    if root().exists():
        replaced = root().with_name(f".{root().name}.{secrets.token_hex(4)}.remplaces")
        root().rename(replaced)
    folder.rename(root())
    return replaced


def drop(folder: Path | None) -> None:
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def put_back(replaced: Path | None) -> None:
    """Undo ``swap``."""
    drop(root())
    if replaced is not None:
        replaced.rename(root())


def mend_interrupted_swap() -> None:
    """After a restore that was killed between its two renames: the media come back."""
    if not root().exists():
        for replaced in root().parent.glob(f".{root().name}.*.remplaces"):
            replaced.rename(root())
            break
    for leftover in root().parent.glob(f".{root().name}.*.nouveaux"):
        drop(leftover)


def unreadable_parent() -> Path | None:
    """A folder above the media that other accounts, such as nginx's, may not go through."""
    for folder in (root(), *root().parents):
        if folder.exists() and not folder.stat().st_mode & 0o001:
            return folder
    return None
