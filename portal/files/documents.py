"""Check that an uploaded document is of the type that its extension announces."""

import zipfile
from pathlib import PurePath
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from wagtail.documents.forms import BaseDocumentForm

import puremagic

from portal.files.archives import swells

TRANSLATED = False

# Office files are archives: where each keeps its text, or the type that it declares.
OFFICE_PARTS = {
    ".docx": "word/document.xml",
    ".pptx": "ppt/presentation.xml",
    ".xlsx": "xl/workbook.xml",
}
OPEN_DOCUMENT_TYPES = {
    ".ods": b"application/vnd.oasis.opendocument.spreadsheet",
    ".odt": b"application/vnd.oasis.opendocument.text",
}
MAX_MEMBERS = 2_000
MAX_UNPACKED = 100 * 1024**2
MAX_SIZE = 10 * 1024**2


class CheckedDocumentForm(BaseDocumentForm):
    """Document form that refuses a file whose content is not what its extension announces."""

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if not isinstance(upload, UploadedFile):
            return upload
        if (upload.size or 0) > MAX_SIZE:
            raise ValidationError(
                _("Ce document pèse plus de 10 Mo : allégez-le, puis réessayez."), code="too_large"
            )
        extension = PurePath(upload.name or "").suffix.lower()
        if not content_matches_extension(upload, extension):
            raise ValidationError(
                _(
                    "Le contenu de ce fichier n’est pas celui d’un « %(extension)s ». "
                    "Enregistrez-le de nouveau dans ce format, puis réessayez."
                ),
                code="content",
                params={"extension": extension},
            )
        return upload


def content_matches_extension(file: IO[bytes], extension: str) -> bool:
    """Whether the content of ``file`` is of the type that ``extension`` announces."""
    try:
        file.seek(0)
        if extension in OFFICE_PARTS or extension in OPEN_DOCUMENT_TYPES:
            return _is_office(file, extension)
        if extension == ".csv":
            return _is_plain_text(file)
        return extension in _announced(file.read(8192))
    finally:
        file.seek(0)


def _announced(start: bytes) -> set[str]:
    try:
        return {match.extension for match in puremagic.magic_string(start)}
    except (puremagic.PureError, ValueError):
        return set()


def _is_office(file: IO[bytes], extension: str) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or any(one.flag_bits & 0x1 for one in members):
                return False
            if sum(one.file_size for one in members) > MAX_UNPACKED or any(map(swells, members)):
                return False
            if extension in OFFICE_PARTS:
                return OFFICE_PARTS[extension] in archive.namelist()
            with archive.open("mimetype") as declared:
                return declared.read(100).strip() == OPEN_DOCUMENT_TYPES[extension]
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError):
        return False


def _is_plain_text(file: IO[bytes]) -> bool:
    content = file.read(MAX_SIZE)
    if not content or b"\x00" in content or content.lstrip()[:1] == b"<":
        return False
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
