"""An archive: one ZIP file with a manifest, that is whole or does not exist under its name."""

import hashlib
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils import timezone

from portal.backups import encryption
from portal.backups.errors import NotOurArchive, told_in_french
from portal.backups.manifest import Manifest, read_manifest

MANIFEST = "manifeste.json"
JOURNAL = "effacements.jsonl"
_CHUNK = 1024 * 1024
#: An image, a PDF or a dump of PostgreSQL does not shrink: compressing it again only takes time.
_COMPRESSED = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".avif", ".pdf", ".zip", ".dump")
_NAME = re.compile(r"portail-(?P<department>\w+)-(?P<moment>\d{8}-\d{6})\.zip(\.age)?")


def archive_name(moment: datetime) -> str:
    """« portail-13-20261130-023000.zip », in universal time: names sort by date."""
    suffix = encryption.SUFFIX if encryption.encrypts() else ""
    when = moment.astimezone(UTC)
    return f"portail-{settings.PORTAL_DEPARTEMENT}-{when:%Y%m%d-%H%M%S}.zip{suffix}"


def moment_of(name: str) -> datetime | None:
    """When an archive of this portal's department was made, by its name; None for any other."""
    found = _NAME.fullmatch(name)
    if not found or found["department"] != settings.PORTAL_DEPARTEMENT:
        return None
    return datetime.strptime(found["moment"], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)


class ArchiveWriter:
    """An open archive: files are added one by one, each with its sum."""

    def __init__(self, file: zipfile.ZipFile, manifest: Manifest) -> None:
        self.manifest = manifest
        self._zip = file

    @contextmanager
    def member(self, name: str) -> Iterator[IO[bytes]]:
        """Write a file of the archive; its size and SHA-256 are noted in the manifest."""
        way = zipfile.ZIP_STORED if name.lower().endswith(_COMPRESSED) else zipfile.ZIP_DEFLATED
        entry = zipfile.ZipInfo(name, timezone.localtime().timetuple()[:6])
        entry.compress_type = way
        with self._zip.open(entry, "w", force_zip64=True) as out:
            sums = _Summing(out)
            yield sums  # type: ignore[misc]
        self.manifest.members[name] = (sums.size, sums.sha256.hexdigest())

    def add(self, name: str, source: IO[bytes], go_on: Callable[[], None]) -> None:
        """Copy ``source``; ``go_on`` is called between parts and may raise to stop."""
        with self.member(name) as out:
            while part := source.read(_CHUNK):
                go_on()
                out.write(part)


class _Summing:
    """Counts and sums what is written through it."""

    def __init__(self, out: IO[bytes]) -> None:
        self.sha256, self.size, self._out = hashlib.sha256(), 0, out

    def write(self, part: bytes) -> int:
        self.sha256.update(part)
        self.size += len(part)
        return self._out.write(part)


@contextmanager
def writing(folder: Path, manifest: Manifest) -> Iterator[tuple[Path, ArchiveWriter]]:
    """Write an archive beside, then give it its name; gives that path and the writer.

    Killed or refused on the way, no file has the name of an archive, and older ones are as they
    were.
    """
    target = folder / archive_name(manifest.date)
    draft = folder / f".{target.name}.{os.getpid()}.partiel"
    locked = draft.with_suffix(".age")
    try:
        with told_in_french(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with (
                os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as raw,
                zipfile.ZipFile(raw, "w", compresslevel=6) as file,
            ):
                yield target, ArchiveWriter(file, manifest)
                file.writestr(MANIFEST, manifest.to_json(), zipfile.ZIP_DEFLATED)
            if encryption.encrypts():
                locked.touch(mode=0o600)
                encryption.encrypt(draft, locked)
                locked.replace(draft)
            _flush_to_disk(draft)
            draft.replace(target)
            _flush_to_disk(folder)
    finally:
        draft.unlink(missing_ok=True)
        locked.unlink(missing_ok=True)


def _flush_to_disk(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


class ArchiveReader:
    """An archive that may be read; nothing of it is believed before ``verify``."""

    def __init__(self, file: zipfile.ZipFile, name: str) -> None:
        self._zip, self.name = file, name
        with _damage_told(name):
            self.manifest = read_manifest(file.read(MANIFEST))

    def verify(self) -> None:
        """Read all of it: raises ``NotOurArchive`` when a byte of it is not what was written."""
        with _damage_told(self.name):
            held = {entry.filename for entry in self._zip.infolist()} - {MANIFEST}
            if held != self.manifest.members.keys():
                raise NotOurArchive(f"{self.name} ne contient pas ce qu’elle annonce.")
            for member in self.manifest.members:
                self.copy(member, None)

    def copy(self, member: str, target: IO[bytes] | None) -> None:
        """Copy a file out of the archive, or only read it; its sum is compared."""
        size, expected = self.manifest.members[member]
        sha256, read = hashlib.sha256(), 0
        with _damage_told(self.name), self._zip.open(member) as source:
            while part := source.read(_CHUNK):
                sha256.update(part)
                read += len(part)
                if target is not None:
                    target.write(part)
        if (read, sha256.hexdigest()) != (size, expected):
            raise NotOurArchive(f"{self.name} est abîmée ({member}). Rien n’a été changé.")


@contextmanager
def reading(archive: Path, folder: Path) -> Iterator[ArchiveReader]:
    """Open an archive, decrypted in ``folder`` when it is encrypted."""
    with (
        encryption.decrypted(archive, folder) as plain,
        _damage_told(archive.name),
        zipfile.ZipFile(plain) as file,
    ):
        yield ArchiveReader(file, archive.name)


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, EOFError, KeyError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise NotOurArchive(
            f"{name} est abîmée ou incomplète : prenez une autre archive. Rien n’a été changé."
        ) from error
