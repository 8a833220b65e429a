"""Static files storage: hashed names, compression, one stylesheet.

Authors write one small stylesheet a component; ``main.css`` only imports them, which browsers
follow in development. ``collectstatic`` replaces the imports by what they name.
"""

import logging
import os
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File

import rcssmin
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

logger = logging.getLogger(__name__)

BUNDLES = ("portal/css/main.css",)
_IMPORT = re.compile(r"""@import\s+url\(["']?([^"')]+)["']?\)\s*;""")

# rcssmin drops the space of « .a :is(.b) », which then means something else; a star keeps it.
_DESCENDANT_PSEUDO = re.compile(r"(?<=\s):(?=[a-z:])")


class BundledSource:
    """A source storage whose stylesheets are read with their imports replaced."""

    def __init__(self, storage: Any) -> None:
        self.storage = storage

    def open(self, path: str) -> File:
        text = _DESCENDANT_PSEUDO.sub("*:", self._fold(path))
        return ContentFile(rcssmin.cssmin(text).encode())

    def _fold(self, path: str) -> str:
        folder = path.rpartition("/")[0]
        with self.storage.open(path) as source:
            text = source.read().decode()
        return _IMPORT.sub(lambda found: self._fold(f"{folder}/{found[1]}"), text)


class ReadableCompressor(Compressor):
    """Whitenoise's compressor; the web server can read its files whatever the umask is."""

    def write_data(self, *args: Any) -> str:
        path = super().write_data(*args)
        os.chmod(path, settings.FILE_UPLOAD_PERMISSIONS)
        return path


class PortalStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage, with bundled stylesheets."""

    def create_compressor(self, **kwargs: Any) -> Compressor:
        return ReadableCompressor(**kwargs)

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        for name in BUNDLES:
            if name in paths:
                storage, path = paths[name]
                paths[name] = (BundledSource(storage), path)
        yield from super().post_process(paths, *args, **options)

    def stored_name(self, name: str) -> str:
        """The hashed name; for a file missing from the manifest, its own name and a log entry."""
        try:
            return super().stored_name(name)
        except ValueError:
            logger.exception("Run collectstatic: no hashed name for %s", name)
            return name
