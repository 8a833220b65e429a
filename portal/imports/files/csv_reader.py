"""Tables that spreadsheets write and read as CSV: whatever wrote one is welcome, none is run.

UTF-8 with or without a mark, Windows, Mac or UTF-16; ``;``, ``,`` or tabs; quoted or not.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from portal.imports.files.encoding import decode_legacy


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the message is for the editor."""


class BadValue(Exception):
    """One value of a line makes no sense; the message is for the editor."""


@dataclass(frozen=True, slots=True)
class FileLimits:
    """The most that is read of a file."""

    megabytes: int
    rows: int
    columns: int = 200
    cell: int = 10_000


def decode_csv(content: bytes, limits: FileLimits) -> str:
    """The text of an uploaded file; ``UnreadableFile`` when it is none."""
    if len(content) > limits.megabytes * 1024**2:
        raise UnreadableFile(
            _("Ce fichier est trop gros : %(count)s Mo au plus.") % {"count": limits.megabytes}
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16")
    if b"\0" in content or content.startswith(b"PK"):
        raise UnreadableFile(
            _("Ce fichier n’est pas un CSV. Dans le tableur, choisissez « Enregistrer sous », CSV.")
        )
    return _decoded(content, "utf-8-sig")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        text = decode_legacy(content)
    if text is None:
        raise UnreadableFile(
            _("Les caractères de ce fichier sont illisibles. Enregistrez-le en CSV UTF-8.")
        )
    return text


def csv_rows(text: str, limits: FileLimits) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row that has any, with the number of its first line."""
    head = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    count = 0
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as mistake:
            raise UnreadableFile(_broken(line, str(mistake))) from None
        _check_size(line, cells, limits)
        cells = [re.sub(r"\s+", " ", cell).strip() for cell in cells]
        if any(cells):
            count += 1
            if count > limits.rows + 1:  # the first one names the columns
                most = number_format(limits.rows, force_grouping=True)
                raise UnreadableFile(
                    _("Ce fichier a trop de lignes : %(count)s au plus.") % {"count": most}
                )
            yield line, cells


def _broken(line: int, mistake: str) -> str:
    if "field limit" in mistake:
        return _("Ligne %(line)s : une cellule est trop longue.") % {"line": line}
    return _("Ligne %(line)s : un guillemet n’est pas fermé.") % {"line": line}


def _check_size(line: int, cells: list[str], limits: FileLimits) -> None:
    if len(cells) > limits.columns:
        raise UnreadableFile(
            _("Ligne %(line)s : il y a trop de colonnes, %(count)s au plus.")
            % {"line": line, "count": limits.columns}
        )
    if any(len(cell) > limits.cell for cell in cells):
        raise UnreadableFile(_("Ligne %(line)s : une cellule est trop longue.") % {"line": line})


def check_columns(names: list[str], known: Iterable[str], required: Iterable[str]) -> None:
    """Refuse a first row that does not name the columns; those without a name are let be."""
    missing = [name for name in required if name not in names]
    if missing:
        raise UnreadableFile(
            _("La première ligne doit nommer les colonnes. Il manque : %(names)s.")
            % {"names": ", ".join(missing)}
        )
    columns = list(known)
    twice = {name for name in names if name and names.count(name) > 1}
    unknown = [name for name in names if name and name not in columns]
    if twice or unknown:
        raise UnreadableFile(
            _("Colonnes inconnues ou en double : %(names)s. Les colonnes sont : %(columns)s.")
            % {"names": ", ".join([*sorted(twice), *unknown]), "columns": ", ".join(columns)}
        )


def parse_day(text: str) -> date:
    """A day as spreadsheets write it: 2026-05-07 or 07/05/2026. Raises BadValue."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise BadValue(_("« %(text)s » n’est pas une date, comme 2026-05-07.") % {"text": text})
