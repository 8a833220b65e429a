"""What an import is made of: rows that a source gives, what they become, and what is said of it.

A **reader** turns a file into a ``SourceFile`` (FINESS, a table of entries, action sheets). A
**target** knows what rows become (entries, action sheets, sectors, subscribers). The engine in
``planner`` and ``apply`` compares one with the other, and alone decides what may be written:

- a value is written only where there is none, or where the last import of the same source wrote
  what is still there (``ImportedObject`` remembers it): what a person typed, or emptied, is kept;
- a row that carries the ``version`` it was downloaded with is a person's own work: it is written
  whole when the object is still at that version, and kept aside, and said, when it is not;
- what was imported then deleted by a person is not made again, unless ``recreates`` is asked for;
- one line that is refused, and nothing of the file is written.

Values are what JSON holds: text, numbers, booleans, None, lists of texts. A date is "2026-05-07", a
row of a table of reference is its code ("13005", "CMP"). "", None and [] all mean « nothing ».
"""

import hashlib
import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.db.models import Model, TextChoices
from django.utils.translation import gettext_lazy as _

from portal.imports.files.csv_reader import UnreadableFile as UnreadableFile

FieldValues = dict[str, Any]
#: Told how much is done of how much; see ``progress``.
ProgressCallback = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One line of a file, or one record of it.

    ``line`` is where an editor finds it. ``key`` is the name that the source always gives to this
    very thing (a FINESS number, a uuid): the same one twice in a file is refused. ``values``
    hold what the source says, by name of field: a name that is not there says nothing, whereas an
    empty value says « there is none ». ``problems`` refuse the line, with the whole file;
    ``remarks`` are said and refuse nothing (a number whose zero was given back). ``said`` is what
    to call the row before it has a title of its own.
    """

    line: int
    key: str
    values: FieldValues
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    version: str = ""
    said: str = ""


@dataclass(slots=True)
class SourceFile:
    """What a reader understood of a file.

    ``source`` is a short code under which ``ImportedObject`` remembers ("finess", "table");
    ``label`` is its name on screen; ``day`` the day of the data when the file tells it.
    ``errors`` are about the whole of it (line 0) or about lines that could not become rows, whose
    ``titles`` say what they are called;
    ``notes`` are sentences above the report (« 12 pharmacies écartées »).
    """

    source: str
    label: str
    rows: list[ImportRow] = field(default_factory=list)
    day: date | None = None
    errors: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)


class RowVerdict(TextChoices):
    """What becomes of a line."""

    NEW = "nouvelle", _("à créer")
    CHANGED = "changee", _("à modifier")
    KEPT = "gardee", _("gardée telle quelle")
    SAME = "pareille", _("sans changement")
    GONE = "disparue", _("plus dans la source, à vérifier")
    REFUSED = "refusee", _("refusée")


#: Beside the verdicts, in ``Plan.counts``: lines that ask for a look, and are not refused.
WARNED = "a_regarder"


@dataclass(frozen=True, slots=True)
class RowReport:
    """What is told of one line: ``sentences`` say what is written, kept or refused.

    ``warnings`` ask for a look (a likely duplicate) and hold nothing back.
    """

    line: int
    key: str
    verdict: RowVerdict
    title: str
    sentences: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return str(RowVerdict(self.verdict).label)

    @property
    def everything_said(self) -> tuple[str, ...]:
        return (*self.sentences, *self.warnings)


@dataclass(frozen=True, slots=True)
class RowChange:
    """What is to be written for one row: on ``found``, or on a new object when there is none.

    ``values`` are only those that may be written. ``remembered`` is what ``ImportedObject`` will
    hold after it.
    """

    row: ImportRow
    found: Any | None
    values: FieldValues
    remembered: FieldValues

    @property
    def is_new(self) -> bool:
        return self.found is None


@dataclass(slots=True)
class ImportPlan:
    """What a file would do, line by line, and the same once it is done."""

    lines: list[RowReport] = field(default_factory=list)
    changes: list[RowChange] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many lines of each verdict, and how many to look at."""
        found = Counter(str(line.verdict.value) for line in self.lines)
        counts = {str(verdict.value): found[verdict.value] for verdict in RowVerdict}
        counts[WARNED] = sum(bool(line.warnings) for line in self.lines)
        counts[str(RowVerdict.REFUSED.value)] += len(self.errors)
        return counts

    @property
    def is_refused(self) -> bool:
        return bool(self.errors) or any(line.verdict == RowVerdict.REFUSED for line in self.lines)

    @property
    def can_be_applied(self) -> bool:
        return bool(self.changes or self.gone) and not self.is_refused

    @property
    def gone(self) -> list[str]:
        """The keys that the source knew, and that this file of it no longer has."""
        return [line.key for line in self.lines if line.verdict == RowVerdict.GONE]

    @property
    def digest(self) -> str:
        """Changes when what would be done, or said of it, changes."""
        said = [
            self.errors,
            [[line.line, line.verdict.value, *line.everything_said] for line in self.lines],
            [[change.row.key, change.values] for change in self.changes],
        ]
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


class ImportTarget(ABC):
    """What rows become. One object serves one plan: what ``prepare`` reads is kept in it.

    Everything is read in ``prepare``, in a few queries whatever the number of rows; ``write``
    writes all the changes at once, inside a transaction that the engine opened.
    """

    #: The model whose objects ``ImportedObject`` points to.
    model: ClassVar[type[Model]]
    #: False when rows are people: what was written is not kept beside them, nor is the report
    #: once the import is over, and a file that is not confirmed is kept a day only.
    remembers: ClassVar[bool] = True

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        self.options = dict(options or {})

    @abstractmethod
    def prepare(self, file: SourceFile, known: Mapping[str, int]) -> None:
        """Read what is needed of the database; ``known`` gives the object of each known key."""

    @abstractmethod
    def find(self, row: ImportRow) -> Any | None:
        """The object that this row is about, by memory or by itself; None when it is new."""

    @abstractmethod
    def values_of(self, found: Any) -> FieldValues:
        """What the object holds now (its draft when it has one), written as rows write it."""

    def version_of(self, found: Any) -> str:
        """What ``Row.version`` is compared with; empty when rows of this kind carry none."""
        return ""

    def held(self, found: Any) -> str:
        """Why nothing may be written on it now (locked, being reviewed); the line is kept."""
        return ""

    @abstractmethod
    def title_of(self, row: ImportRow, found: Any | None) -> str:
        """How to call the line on screen."""

    @abstractmethod
    def label_of(self, name: str) -> str:
        """The name of a field on screen."""

    def in_words(self, name: str, value: Any) -> str:
        """A value on screen; a target may say the words of a code."""
        if isinstance(value, list):
            return ", ".join(map(str, value))
        return "" if value is None else str(value)

    def mistakes(self, row: ImportRow, found: Any | None, values: FieldValues) -> Sequence[str]:
        """Why the object may not become so: these refuse the line. ``values`` are written ones."""
        return ()

    def warnings(self, row: ImportRow, found: Any | None, values: FieldValues) -> Sequence[str]:
        """What deserves a look, a likely duplicate first; asked for each new row or change."""
        return ()

    def gone(self, file: SourceFile) -> Sequence[RowReport]:
        """What came from this source before and is no longer in it, as lines ``GONE``.

        Only for a file that tells all that its source has. Nothing is ever deleted for it.
        """
        return ()

    def note_gone(self, keys: Sequence[str]) -> None:  # noqa: B027 (most sources tell a part only)
        """Have somebody check these; called in the transaction of ``write``, and only once each."""

    def get_ready(self, changes: Sequence[RowChange]) -> None:  # noqa: B027 (most have nothing to do)
        """Do what is long and needs no transaction, just before it opens: others wait for it."""

    def still_true(self, changes: Sequence[RowChange]) -> bool:
        """Whether what ``prepare`` read of these objects still holds.

        Asked in the transaction, just before ``write``: it locks their rows, and compares.
        """
        return True

    @abstractmethod
    def write(
        self, changes: Sequence[RowChange], user: Any, *, publishes: bool, told: ProgressCallback
    ) -> Sequence[int]:
        """Write them all; the primary keys, in the same order.

        New objects are drafts. A change to what readers see waits as a draft revision, unless
        ``publishes``. Everything is logged in the name of ``user``. Called in a transaction.
        """

    @classmethod
    @abstractmethod
    def allows(cls, user: Any) -> bool:
        """Whether this person may add and change such objects."""

    @classmethod
    def may_publish(cls, user: Any) -> bool:
        """Whether this person may have changes published at once."""
        return False
