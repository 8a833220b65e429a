"""Tables that spreadsheets write and read as CSV: whatever wrote one is welcome, none is run.

UTF-8 with or without a mark, Windows, Mac or UTF-16; ``;``, ``,`` or tabs; quoted or not.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from portal.imports.files.encoding import DecodedText, decode_legacy
from portal.text.control_characters import strip_control_characters
from portal.text.date_parser import parse_date_and_time

#: What Excel writes first, and hides, to say what parts its cells.
_SAID_DELIMITER = re.compile(
    r"\ufeff?\"?sep=(?P<sign>[;,|\t])\"?[;,|\t]*(?:\r\n|\r|\n|$)", re.IGNORECASE
)


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


def decode_csv(content: bytes, limits: FileLimits) -> DecodedText:
    """The text of an uploaded file; ``UnreadableFile`` when it is none, or when it is doubtful."""
    if len(content) > limits.megabytes * 1024**2:
        raise UnreadableFile(
            _("Ce fichier est trop gros : %(count)s Mo au plus.") % {"count": limits.megabytes}
        )
    if encoding := _utf_16(content):
        return _decoded(content, encoding)
    typed = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not typed:
        raise UnreadableFile(_("Ce fichier est vide. La première ligne doit nommer les colonnes."))
    if typed.startswith(b"<"):
        raise UnreadableFile(
            _(
                "Ce fichier est une page web ou du XML, même si son nom finit par .xls. "
                "Ouvrez-le dans le tableur et enregistrez-le en .xlsx ou en « CSV UTF-8 »."
            )
        )
    if b"\0" in content or content.startswith(b"PK"):
        raise UnreadableFile(
            _("Ce fichier n’est pas un CSV. Dans le tableur, choisissez « Enregistrer sous », CSV.")
        )
    return _decoded(content, "utf-8-sig")


def _utf_16(content: bytes) -> str:
    """With its mark, or without: one byte of two is then null, the same one all along."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    half = len(content) // 2
    if half and len(content) % 2 == 0:
        for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
            is_other_clean = b"\0" not in content[1 - start :: 2]
            if is_other_clean and content[start::2].count(0) > half * 0.7:
                return encoding
    return ""


def _decoded(content: bytes, encoding: str) -> DecodedText:
    found: DecodedText | None
    try:
        found = DecodedText(content.decode(encoding), encoding[:6].removesuffix("-"))
        if "\0" in found.text:  # UTF-32, that begins as UTF-16 does
            found = None
    except UnicodeDecodeError:
        found = None if encoding.startswith("utf-16") else decode_legacy(content)
    if found is None:
        raise UnreadableFile(
            _(
                "Les caractères de ce fichier sont illisibles, ou se lisent de deux façons. "
                "Dans le tableur, enregistrez-le en « CSV UTF-8 » ou en .xlsx."
            )
        )
    return found


def delimiters(text: str) -> list[str]:
    """The signs that may part the cells, the likeliest first: the one that the file says, or those
    of its first line, outside quotes."""
    if said := _SAID_DELIMITER.match(text):
        return [said["sign"]]
    first = re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    bare = re.sub(r'"[^"]*"', "", first)
    return sorted(";,\t|", key=bare.count, reverse=True)


def csv_rows(text: str, limits: FileLimits, delimiter: str = "") -> Iterator[tuple[int, list[str]]]:
    """The cells of each row that has any, with the number of its first line.

    The likeliest sign parts them when ``delimiter`` says none.
    """
    said = _SAID_DELIMITER.match(text)
    body = text[said.end() :] if said else text
    sign = delimiter or delimiters(text)[0]
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=sign, strict=True)
    skipped = 1 if said else 0
    count = 0
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as mistake:
            raise UnreadableFile(_broken(line, str(mistake))) from None
        _check_size(line, cells, limits)
        cells = list(map(tidy_cell, cells))
        if any(cells):
            count += 1
            if count > limits.rows + 1:  # the first one names the columns
                most = number_format(limits.rows, force_grouping=True)
                raise UnreadableFile(
                    _("Ce fichier a trop de lignes : %(count)s au plus.") % {"count": most}
                )
            yield line, cells


def tidy_cell(text: str) -> str:
    """A cell on one line, without the signs that no text needs."""
    return re.sub(r"\s+", " ", strip_control_characters(text)).strip()


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


#: « 10:22 », « T10:22:33.5Z », « 10 h 22 », « 10:22:33 AM UTC+2 » after a day.
_HOUR = re.compile(
    r"(?:T| à | |, )\s*\d{1,2}(?::\d{2}(?::\d{2}(?:[.,]\d+)?)?| ?h ?(?:\d{2})?)\s*"
    r"(?P<half>[AP]M)?\s*"
    r"(?:Z|(?:UTC|GMT)?[+−-]\d{1,2}(?::?\d{2})?|UTC|GMT|CES?T)?$",
    re.IGNORECASE,
)
#: 46149 for 2026-05-07, or four years later in a workbook of an older Mac: it is not guessed.
_SERIAL = re.compile(r"[34]\d{4}(?:[.,]\d+)?")


def parse_day(text: str) -> date:
    """A day as spreadsheets and forms write it. Raises BadValue.

    What the editor's fields read, with an hour or not, which is let be. An hour in halves
    (« 5/7/2026 10:22 AM ») is of an English form: a day that may be a month is refused.
    """
    text = text.strip()
    hour = _HOUR.search(text)
    day = text[: hour.start()].strip(" ,") if hour else text
    read = parse_date_and_time(day)[0] or parse_date_and_time(text)[0]
    if read is None and _SERIAL.fullmatch(text):
        words = _(
            "« %(text)s » n’est pas une date, mais le nombre qu’un tableur garde pour elle : "
            "mettez la colonne au format « Date », ou écrivez la date comme 2026-05-07."
        )
        raise BadValue(words % {"text": text})
    if read is None:
        raise BadValue(_("« %(text)s » n’est pas une date, comme 2026-05-07.") % {"text": text})
    is_english = hour and hour["half"] and not day[:4].isdigit()
    if is_english and read.day <= 12 and read.day != read.month:
        words = _("« %(text)s » peut se lire de deux façons : écrivez la date comme 2026-05-07.")
        raise BadValue(words % {"text": text})
    return read
