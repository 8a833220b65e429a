"""Images and documents, saved and put back where each portal keeps them: a folder, or a bucket."""

from collections.abc import Iterator
from typing import IO, Any, Protocol

from django.core.files.storage import FileSystemStorage, default_storage

from portal.backups.archive import ArchiveReader
from portal.backups.media.bucket import BucketMedia
from portal.backups.media.folder import FolderMedia


class MediaStore(Protocol):
    """Where media are. Media « beside » are complete, under names that no page shows."""

    def names(self) -> Iterator[str]:
        """Name of each file, without a first slash: « images/a.jpg »."""

    def open(self, name: str) -> IO[bytes]:
        """A file to read; ``FileNotFoundError`` when it has been deleted meanwhile."""

    def size(self) -> int:
        """Bytes of all of them."""

    def extract_beside(self, archive: ArchiveReader) -> Any:
        """Write all media of an archive beside, each with its sum checked; where they are."""

    def swap(self, beside: Any) -> Any:
        """Put media beside in the place of the portal's; where those now are."""

    def put_back(self, replaced: Any) -> None:
        """Undo ``swap``."""

    def drop(self, beside: Any) -> None:
        """Delete media beside, or replaced ones; nothing when there is none."""

    def mend_interrupted_swap(self) -> None:
        """After a restore that was killed: the media come back, and nothing is left beside."""


def this_media() -> MediaStore | None:
    """Where this portal keeps its media; None in a storage that only its host can save."""
    if isinstance(default_storage, FileSystemStorage):
        return FolderMedia()
    # Asked of what it does: the library of buckets is only where one is used.
    return BucketMedia(default_storage) if hasattr(default_storage, "bucket") else None
