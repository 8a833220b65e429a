"""A file of people who agreed elsewhere, read line by line: what it says, what is wrong in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter.models import Subscriber, Topic
from portal.exports.formula_escape import unescape_formula
from portal.geo.models import Territory
from portal.geo.names import fold
from portal.imports.files import csv_reader
from portal.imports.files.csv_reader import BadValue, FileLimits, check_columns, csv_rows, parse_day
from portal.mail.addresses import Address, InvalidAddress, normalise

COLUMNS = ("adresse", "preuve", "date", "sujets", "territoire")
REQUIRED = ("adresse", "preuve", "date")
#: What an export of the portal says besides; read so that nobody gets in who had left.
ALSO_EXPORTED = ("etat", "origine", "confirme", "texte")
LIMITS = FileLimits(megabytes=5, rows=20_000)
#: Before, nobody agreed to any letter: the date is that of an empty cell of a spreadsheet.
_FIRST_DAY = date(2000, 1, 1)
_LONGEST_PROOF = Subscriber._meta.get_field("proof").max_length or 0


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody who agreed, as a line says."""

    address: Address
    proof: str
    agreed_at: datetime
    topics: tuple[Topic, ...]
    territory: Territory | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file: who it names, or why it cannot be read."""

    number: int
    said: str
    row: Row | None = None
    mistake: str = ""


def text_of(content: bytes) -> str:
    """The text of an uploaded file; ``UnreadableFile`` when it is none."""
    return csv_reader.decode_csv(content, LIMITS)


def read_lines(text: str) -> Iterator[Line]:
    """Every line of the file, good or bad; ``UnreadableFile`` when it has no proper header."""
    lines = csv_rows(text, LIMITS)
    _number, header = next(lines, (0, []))
    names = [fold(name) for name in header]
    check_columns(names, (*COLUMNS, *ALSO_EXPORTED), REQUIRED)
    choices = _Choices()
    for number, typed in lines:
        cells = [unescape_formula(cell) for cell in typed]
        values = dict(zip(names, cells, strict=False))
        said = values.get("adresse", "")
        try:
            if len(cells) > len(names):
                raise BadValue(_("Il y a plus de cellules que de colonnes."))
            yield Line(number, said, _row(values, choices))
        except BadValue as mistake:
            yield Line(number, said, mistake=str(mistake))


def _row(values: dict[str, str], choices: "_Choices") -> Row:
    address = _address(values.get("adresse", ""))
    state = values.get("etat", "")
    if state and fold(state) != fold(str(Subscriber.State.ACTIVE.label)):
        raise BadValue(_("Le fichier dit : « %(state)s ».") % {"state": state})
    return Row(
        address=address,
        proof=_proof(values.get("preuve", "")),
        agreed_at=_day(values.get("date", "")),
        topics=choices.topics(values.get("sujets", "")),
        territory=choices.territory(values.get("territoire", "")),
    )


def _address(text: str) -> Address:
    try:
        return normalise(text)
    except InvalidAddress as mistake:
        raise BadValue(str(mistake)) from mistake


def _proof(text: str) -> str:
    if not text:
        raise BadValue(_("Il manque la preuve : où et comment la personne a dit oui."))
    if len(text) > _LONGEST_PROOF:
        raise BadValue(
            _("La preuve est trop longue : %(count)s signes au plus.") % {"count": _LONGEST_PROOF}
        )
    return text


def _day(text: str) -> datetime:
    """The beginning of the day of the agreement."""
    if not text:
        raise BadValue(_("Il manque la date de l’accord."))
    day = parse_day(text)
    if not _FIRST_DAY <= day <= timezone.localdate():
        raise BadValue(_("« %(text)s » n’est pas la date d’un accord déjà donné.") % {"text": text})
    return timezone.make_aware(datetime.combine(day, time()))


class _Choices:
    """The topics and the territories that a line may name; read once for the whole file."""

    def __init__(self) -> None:
        topics = list(Topic.objects.all())
        self.codes = ", ".join(topic.code for topic in topics)
        by_name = {fold(topic.name): topic for topic in topics}
        self.by_word = by_name | {fold(topic.code): topic for topic in topics}
        territories = list(Territory.objects.all())
        self.territories = {fold(one.name): one for one in territories}
        self.territories |= {fold(one.slug): one for one in territories}

    def topics(self, text: str) -> tuple[Topic, ...]:
        """« proches, agenda »: codes or names; nothing means all the letters."""
        words = [word.strip() for word in re.split(r"[,;|]", text) if word.strip()]
        unknown = [word for word in words if fold(word) not in self.by_word]
        if unknown:
            raise BadValue(
                _("« %(words)s » n’est pas un sujet de la lettre : %(codes)s.")
                % {"words": ", ".join(unknown), "codes": self.codes or _("il n’y en a pas encore")}
            )
        # Each once, in the order of the file.
        return tuple(dict.fromkeys(self.by_word[fold(word)] for word in words))

    def territory(self, text: str) -> Territory | None:
        if not text:
            return None
        known = self.territories.get(fold(text))
        if known is None:
            raise BadValue(_("« %(text)s » n’est pas un territoire du PTSM.") % {"text": text})
        return known
