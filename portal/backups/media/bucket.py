"""Media in a bucket of an S3-compatible store, where nothing is renamed: copied, then deleted."""

import secrets
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings

from portal.backups.archive import ArchiveReader
from portal.backups.media.names import checked_name

#: What a restore writes beside; no page shows a name that begins with a dot.
_BESIDE = ".restauration"
#: In the copies of what is replaced, once they are all there.
_COMPLETE = "complet"


class BucketMedia:
    """See ``portal.backups.media.MediaStore``; media beside are under a prefix of their own.

    ``storage``: a ``portal.files.media_bucket.MediaBucket``.
    """

    def __init__(self, storage: Any) -> None:
        self.storage = storage

    def names(self) -> Iterator[str]:
        return (name for name in self.storage.names() if not name.startswith(f"{_BESIDE}/"))

    def open(self, name: str) -> IO[bytes]:
        file: IO[bytes] = self.storage.open(name)
        return file

    def size(self) -> int:
        return int(self.storage.total_size())

    def extract_beside(self, archive: ArchiveReader) -> str:
        beside = self._new_place("nouveaux")
        try:
            for member in archive.manifest.media_files:
                with TemporaryFile(dir=settings.VAR_DIR) as file:
                    archive.copy(member, file)
                    file.seek(0)
                    self.storage.put(beside + checked_name(member, archive.name), file)
        except BaseException:
            self.drop(beside)
            raise
        return beside

    def swap(self, beside: str) -> str:
        replaced = self._new_place("remplaces")
        for name in list(self.names()):
            self.storage.copy(name, replaced + name)
        with TemporaryFile() as mark:
            self.storage.put(replaced + _COMPLETE, mark)
        try:
            self._put_in_place(beside)
            self.drop(beside)
        except BaseException:
            self.put_back(replaced)
            raise
        return replaced

    def put_back(self, replaced: str) -> None:
        self._put_in_place(replaced)
        self.drop(replaced)

    def drop(self, beside: str | None) -> None:
        if beside is None:
            return
        # First the mark: killed half-way, nothing is taken for the portal's media.
        self.storage.delete(beside + _COMPLETE)
        for name in list(self.storage.names(beside)):
            self.storage.delete(name)

    def mend_interrupted_swap(self) -> None:
        found = list(self.storage.names(f"{_BESIDE}/"))
        for name in found:
            if name.endswith(f".remplaces/{_COMPLETE}"):
                self.put_back(name.removesuffix(_COMPLETE))
        for place in {"/".join(name.split("/")[:2]) + "/" for name in found}:
            self.drop(place)

    def _new_place(self, what: str) -> str:
        return f"{_BESIDE}/{secrets.token_hex(4)}.{what}/"

    def _put_in_place(self, place: str) -> None:
        """Make the portal's media those of ``place``, new ones first."""
        names = {name.removeprefix(place) for name in self.storage.names(place)} - {_COMPLETE}
        for name in names:
            self.storage.copy(place + name, name)
        for name in set(self.names()) - names:
            self.storage.delete(name)
