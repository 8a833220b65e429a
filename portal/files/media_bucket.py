"""Images and documents in a bucket of an S3-compatible store, private: readers never talk to it.

Its addresses are the portal's own (``/media/…``), which asks the store in their place: nobody else
learns who reads about mental health, and no address expires in a letter.
"""

import mimetypes
from collections.abc import Callable, Iterator
from functools import wraps
from typing import IO, Any

from django.conf import settings
from django.utils.encoding import filepath_to_uri

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from portal.files.media import StoreAway

#: Seconds: a store that hangs must not hold the portal's few threads.
_CLIENT = Config(
    connect_timeout=2,
    read_timeout=5,
    retries={"total_max_attempts": 2, "mode": "standard"},
    s3={"addressing_style": "path"},
    signature_version="s3v4",
    # Sums that only Amazon's own store is sure to know are left out.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


def _as_a_disk(call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def told(*args: Any, **options: Any) -> Any:
        try:
            return call(*args, **options)
        except (BotoCoreError, ClientError) as error:
            raise StoreAway(type(error).__name__) from error

    return told


class MediaBucket(S3Storage):
    """django-storages' S3, whose failures are a disk's; see ``portal.settings.media_url``."""

    def get_default_settings(self) -> dict[str, Any]:
        found: dict[str, Any] = super().get_default_settings()
        # A file is never replaced by another: browsers keep it for a week.
        return {
            **found,
            "client_config": _CLIENT,
            "file_overwrite": False,
            "max_memory_size": 2**21,
        }

    _open = _as_a_disk(S3Storage._open)
    _save = _as_a_disk(S3Storage._save)
    delete = _as_a_disk(S3Storage.delete)
    exists = _as_a_disk(S3Storage.exists)
    listdir = _as_a_disk(S3Storage.listdir)
    size = _as_a_disk(S3Storage.size)

    def url(self, name: str, *_args: Any, **_options: Any) -> str:
        return settings.MEDIA_URL + filepath_to_uri(name).lstrip("/")

    @_as_a_disk
    def names(self, prefix: str = "") -> Iterator[str]:
        """The name of each file that begins with ``prefix``, in the order of names."""
        return iter([self._name_of(one.key) for one in self._objects(prefix)])

    @_as_a_disk
    def total_size(self) -> int:
        """Bytes of all files."""
        return sum(one.size for one in self._objects(""))

    @_as_a_disk
    def put(self, name: str, file: IO[bytes]) -> None:
        """Write a file under this very name."""
        kind = mimetypes.guess_type(name)[0] or self.default_content_type
        target = self.bucket.Object(self._normalize_name(name))
        target.upload_fileobj(file, ExtraArgs={"ContentType": kind})

    @_as_a_disk
    def copy(self, name: str, target: str) -> None:
        """Copy a file inside the store, over the one that has that name."""
        source = {"Bucket": self.bucket_name, "Key": self._normalize_name(name)}
        self.bucket.Object(self._normalize_name(target)).copy(source)

    def _objects(self, prefix: str) -> Any:
        start = f"{self.location}/" if self.location else ""
        return self.bucket.objects.filter(Prefix=start + prefix)

    def _name_of(self, key: str) -> str:
        return key.removeprefix(f"{self.location}/") if self.location else key
