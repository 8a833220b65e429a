"""Reader of a table of subscribers who agreed elsewhere: rows of an import, each with its proof."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter.models import Subscriber, Topic
from portal.exports.formula_escape import unescape_formula
from portal.geo.models import Territory
from portal.geo.names import fold
from portal.imports.columns import ImportColumn, read_cells
from portal.imports.contract import ImportRow, SourceFile
from portal.imports.files.csv_reader import BadValue, check_columns, parse_day
from portal.imports.files.table_reader import TableLine, normalize_heading, open_table
from portal.imports.lookup_columns import LookupColumn, LookupsColumn
from portal.imports.lookups import ImportLookups, LookupTable
from portal.imports.parsers import CellText
from portal.mail.addresses import InvalidAddress, bare_address, normalise

TRANSLATED = False

SOURCE = "abonnes"
_REQUIRED = ("adresse", "preuve", "date")
#: Before, nobody agreed to any letter: the date is that of an empty cell of a spreadsheet.
_FIRST_DAY = date(2000, 1, 1)
_LONGEST_PROOF = Subscriber._meta.get_field("proof").max_length or 0


class TopicLookup(LookupTable):
    def __init__(self) -> None:
        rows = [(topic.pk, topic.code, topic.name) for topic in Topic.objects.all()]
        self.none = "" if rows else _("il n’y en a pas encore")
        super().__init__(rows, _("« %(text)s » n’est pas un sujet de la lettre : %(codes)s."))

    def normalize(self, words: str) -> str:
        return fold(words)

    def suggestions(self) -> list[str]:
        return list(self.pks) or [self.none]


class SubscriberTerritoryLookup(LookupTable):
    def __init__(self) -> None:
        super().__init__(
            Territory.objects.values_list("pk", "slug", "name"),
            _("« %(text)s » n’est pas un territoire du PTSM."),
        )

    def normalize(self, words: str) -> str:
        return fold(words)


class SubscriberLookups(ImportLookups):
    tables: ClassVar[Mapping[str, type[Any]]] = {
        "topics": TopicLookup,
        "territory": SubscriberTerritoryLookup,
    }


class TopicsColumn(LookupsColumn):
    """« proches, agenda »: codes or names; nothing means all the letters."""

    def read(self, cell: CellText, lookups: ImportLookups) -> list[str]:
        words = [word.strip() for word in re.split(r"[,;|]", cell.text) if word.strip()]
        # Each once, in the order of the file.
        return list(dict.fromkeys(lookups.of(self.name).find_code(word) for word in words))


def _parse_address(cell: CellText) -> str:
    text = bare_address(unescape_formula(cell.text))
    try:
        return normalise(text).shown
    except InvalidAddress as mistake:
        raise BadValue(str(mistake)) from mistake


def _parse_proof(cell: CellText) -> str:
    text = unescape_formula(cell.text)
    if not text:
        raise BadValue(_("Il manque la preuve : où et comment la personne a dit oui."))
    if len(text) > _LONGEST_PROOF:
        words = _("La preuve est trop longue : %(count)s signes au plus.")
        raise BadValue(words % {"count": _LONGEST_PROOF})
    return text


def _parse_agreement_day(cell: CellText) -> str:
    """The day of an agreement, which is not to come. Raises BadValue."""
    if not cell.text:
        raise BadValue(_("Il manque la date de l’accord."))
    day = parse_day(cell.text)
    if not _FIRST_DAY <= day <= timezone.localdate():
        words = _("« %(text)s » n’est pas la date d’un accord déjà donné.")
        raise BadValue(words % {"text": cell.text})
    return day.isoformat()


COLUMNS: tuple[ImportColumn, ...] = (
    ImportColumn("email", "adresse", Subscriber, _parse_address),
    ImportColumn("proof", "preuve", Subscriber, _parse_proof),
    ImportColumn("consented_at", "date", Subscriber, _parse_agreement_day),
    TopicsColumn("topics", "sujets", Subscriber),
    LookupColumn("territory", "territoire", Subscriber),
)
BY_NAME = {column.name: column for column in COLUMNS}
HEADINGS = tuple(column.heading for column in COLUMNS)
#: What forms on line write above these columns.
ALIASES = {"horodateur": "date", "horodatage": "date", "timestamp": "date"} | dict.fromkeys(
    ("adresse_e_mail", "adresse_mail", "adresse_email", "email", "e_mail", "mail", "courriel",
     "email_address"), "adresse",
)  # fmt: skip
#: What an export of the portal says besides; read so that nobody gets in who had left.
ALSO_EXPORTED = ("etat", "origine", "confirme", "texte")


def read_subscribers(content: bytes, file_name: str, options: Mapping[str, Any]) -> SourceFile:
    """Every line of the table, good or bad. Raises UnreadableFile.

    A line that names again somebody of the same file is left aside, and told by its number.
    """
    file = SourceFile(SOURCE, _("Abonnés"))
    lookups = SubscriberLookups()
    lines: dict[str, int] = {}
    table = open_table(content, HEADINGS, _check_header, heading=_heading)
    file.notes = table.notes
    for line in table:
        row = _row(line, lookups)
        first = lines.setdefault(row.key, row.line) if row.key else row.line
        if first == row.line:
            file.rows.append(row)
        else:
            words = _("Ligne %(line)s : cette adresse est déjà ligne %(first)s, une fois suffit.")
            file.notes.append(words % {"line": row.line, "first": first})
    return file


def _check_header(names: list[str]) -> None:
    check_columns(names, (*HEADINGS, *ALSO_EXPORTED), _REQUIRED)


def _heading(name: str) -> str:
    words = normalize_heading(name)
    return ALIASES.get(words, words)


def _row(line: TableLine, lookups: SubscriberLookups) -> ImportRow:
    if not line.texts or line.problems:
        said = line.texts.get("adresse", "")
        return ImportRow(line.number, "", {}, tuple(line.problems), said=said)
    texts = {**dict.fromkeys(HEADINGS, ""), **line.texts}
    values, problems, _remarks = read_cells(COLUMNS, texts, lookups)
    state = texts.get("etat", "")
    if state and fold(state) != fold(str(Subscriber.State.ACTIVE.label)):
        problems.append(_("Le fichier dit : « %(state)s ».") % {"state": state})
    said = unescape_formula(texts["adresse"])
    key = "" if problems else normalise(values["email"]).key
    return ImportRow(line.number, key, values, tuple(problems), said=said)
