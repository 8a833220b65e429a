"""The bytes of a file of FINESS: unpacked as they are read, and never more than a bound.

A national file is far larger than what an editor's table may be, so it is never held whole:
it goes by, and only the department's establishments stay.
"""

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from portal.imports.files.csv_reader import UnreadableFile
from portal.imports.files.encoding import most_french
from portal.text.control_characters import strip_control_characters

#: The most that is read of a file, once unpacked; a national file holds a fifth of it.
MOST_MEGABYTES = 1024
#: No list unpacks to more than this many times its own weight: what does was made to harm.
_MOST_RATIO = 100
_LEAST_SUSPECT = 16 * 1024**2
_LONGEST_LINE = 64 * 1024
#: A national file has a fifth of it.
_MOST_LINES = 1_000_000
_GZIP = b"\x1f\x8b"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 4096


class FinessStream(io.RawIOBase):
    """A file, unpacked when it is packed, that counts what goes by."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self.file = file
        file.seek(0)
        self.is_packed = file.read(2) == _GZIP
        file.seek(0)
        self.plain: BinaryIO = gzip.GzipFile(fileobj=file) if self.is_packed else file  # type: ignore[assignment]
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        try:
            found = self.plain.read(len(buffer))
        except (OSError, EOFError, zlib.error):
            words = _("Cette archive est abîmée : téléchargez-la de nouveau.")
            raise UnreadableFile(words) from None
        self.count += len(found)
        self._check()
        buffer[: len(found)] = found
        return len(found)

    def _check(self) -> None:
        if self.count > MOST_MEGABYTES * 1024**2:
            raise UnreadableFile(
                _("Ce fichier est trop gros : %(count)s Mo au plus, une fois déplié.")
                % {"count": MOST_MEGABYTES}
            )
        is_suspect = self.is_packed and self.count > _LEAST_SUSPECT
        # ``tell``: how far the packed file was read.
        if is_suspect and self.count > _MOST_RATIO * self.file.tell():
            raise UnreadableFile(_("Cette archive se déplie en un fichier démesuré."))


def open_stream(file: BinaryIO) -> io.BufferedReader:
    """The file from its beginning, unpacked as it is read."""
    return io.BufferedReader(FinessStream(file), buffer_size=256 * 1024)


def peek_head(stream: io.BufferedReader) -> bytes:
    """How the file begins, without going further; refused when it cannot be a list."""
    head = stream.peek(_HEAD)[:_HEAD]
    if head.startswith((b"PK", b"\xd0\xcf")):
        raise UnreadableFile(
            _("C’est un classeur ou une archive ZIP : donnez le .csv ou le .json.gz d’origine.")
        )
    if b"\0" in head and not head.startswith(_UTF16):
        raise UnreadableFile(_("Ce n’est ni un CSV ni un JSON : donnez le fichier d’origine."))
    return head


def decode_head(head: bytes) -> str:
    """The first words of a file."""
    text = head.decode("utf-16" if head.startswith(_UTF16) else "utf-8", "replace")
    return text.lstrip("\ufeff \t\r\n")


def read_lines(stream: io.BufferedReader) -> Iterator[tuple[int, str]]:
    """The lines of a text and their numbers, whatever wrote it, even two programs in turns."""
    if peek_head(stream).startswith(_UTF16):
        lines = io.TextIOWrapper(stream, encoding="utf-16", errors="replace")
        source = iter(lambda: lines.readline(_LONGEST_LINE), "")
    else:
        source = map(_decoded, _byte_lines(stream))
    for count, line in enumerate(source, start=1):
        if len(line) >= _LONGEST_LINE:
            raise UnreadableFile(_("Ligne %(line)s : elle est trop longue.") % {"line": count})
        if count > _MOST_LINES:
            most = number_format(_MOST_LINES, force_grouping=True)
            raise UnreadableFile(
                _("Ce fichier a trop de lignes : %(count)s au plus.") % {"count": most}
            )
        yield count, strip_control_characters(line.lstrip("\ufeff")).rstrip("\r\n")


def _byte_lines(stream: io.BufferedReader) -> Iterator[bytes]:
    """Lines that end as on Windows and Unix, or as on older Macs, where LF is nowhere."""
    head = stream.peek(_HEAD)[:_HEAD]
    if b"\r" in head and b"\n" not in head:
        lines = io.TextIOWrapper(stream, encoding="latin-1", newline=None)
        return (line.encode("latin-1") for line in iter(lambda: lines.readline(_LONGEST_LINE), ""))
    return iter(lambda: stream.readline(_LONGEST_LINE), b"")


def _decoded(line: bytes) -> str:
    """UTF-8, else what makes French of it, else what FINESS wrote before."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return most_french(line) or line.decode("iso8859-15")
