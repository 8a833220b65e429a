"""The columns of the table of entries: one a field that an editor may write, in French.

A column knows three forms of one value: the text of a cell, what ``Row.values`` holds (JSON), and
what an entry or its draft stores. The names of fields are those of the models.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from wagtail.fields import StreamField

from portal.geo.names import plain
from portal.imports.files.csv_reader import BadValue
from resources.imports import parsers
from resources.imports.lookups import EntryLookups
from resources.imports.parsers import SEPARATOR, Cell
from resources.models import ResourcePage

Data = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """A field whose value is one text; other sorts of fields have classes of their own."""

    name: str
    heading: str
    owner: type[ResourcePage]
    #: How the cell is read; a text of any length when it is not said.
    reading: Callable[[Cell], Any] | None = None

    #: Whether a new entry is given it before it has its own pk.
    is_list: ClassVar[bool] = False

    @cached_property
    def field(self) -> Any:
        return self.owner._meta.get_field(self.name)

    @property
    def label(self) -> str:
        name = str(self.field.verbose_name)
        return f"{name[:1].upper()}{name[1:]}"

    @property
    def may_be_emptied(self) -> bool:
        """Whether an empty cell means « nothing »; of some columns it tells nothing."""
        return True

    def is_of(self, kind: type[ResourcePage]) -> bool:
        return issubclass(kind, self.owner)

    def read(self, cell: Cell, books: EntryLookups) -> Any:
        if self.reading:
            return self.reading(cell)
        return parsers.text(cell, self.field.max_length)

    def typed(self, value: Any, books: EntryLookups) -> str:
        """The text of a cell that ``read`` reads back."""
        return "" if value is None else str(value)

    def in_words(self, value: Any, books: EntryLookups) -> str:
        return self.typed(value, books)

    def stored(self, data: Data, books: EntryLookups) -> Any:
        """The value that an entry or a revision stores."""
        value = data.get(self.name)
        if isinstance(value, date):
            return value.isoformat()
        return " ".join(value.split()) if isinstance(value, str) else value

    def put(self, entry: ResourcePage, value: Any, books: EntryLookups) -> None:
        setattr(entry, self.name, self._emptied(value))

    def _emptied(self, value: Any) -> Any:
        """Nothing, as this very field says it."""
        if value not in (None, "", []):
            return self.field.to_python(value)
        return self.field.get_default() if not self.field.null else None

    @property
    def accepted(self) -> str:
        """What may be written in the cell, for the sheet of help."""
        return str(self.field.help_text)


class YesOrNo(Column):
    #: An address that is kept secret does not become public because a cell was cleared.
    may_be_emptied = False

    def read(self, cell: Cell, books: EntryLookups) -> bool:
        return parsers.yes_or_no(cell)

    def typed(self, value: Any, books: EntryLookups) -> str:
        return _("oui") if value else _("non")

    @property
    def accepted(self) -> str:
        return _("oui ou non")


class Choice(Column):
    """One code of a closed list; its words on screen are read as well."""

    @cached_property
    def codes(self) -> dict[str, Any]:
        pairs = [(code, str(label)) for code, label in self.field.flatchoices if code != ""]
        return {plain(label): code for code, label in pairs} | {
            plain(str(code)): code for code, _label in pairs
        }

    @property
    def may_be_emptied(self) -> bool:
        return bool(self.field.blank)

    def read(self, cell: Cell, books: EntryLookups) -> Any:
        if not cell.text:
            return self.field.get_default()
        return self._code(cell.text)

    def _code(self, text: str) -> Any:
        try:
            return self.codes[plain(text)]
        except KeyError:
            raise BadValue(
                _("« %(text)s » n’est pas dans la liste. Écrivez : %(words)s.")
                % {"text": text, "words": self.accepted}
            ) from None

    def in_words(self, value: Any, books: EntryLookups) -> str:
        return str(dict(self.field.flatchoices).get(value, value or ""))

    @property
    def accepted(self) -> str:
        return ", ".join(f"{code}" for code, _label in self.field.flatchoices if code != "")

    @property
    def explained(self) -> list[tuple[str, str]]:
        return [(str(code), str(label)) for code, label in self.field.flatchoices if code != ""]


class Codes(Choice):
    """Several codes of a closed list."""

    def read(self, cell: Cell, books: EntryLookups) -> list[str]:
        words = [word for item in parsers.items(cell) for word in self._words(item)]
        found = {self._code(word) for word in words}
        return [code for code, _label in self.field.flatchoices if code in found]

    def _words(self, item: str) -> list[str]:
        """« fr, en », or the words of one code, which may hold a comma: « persan, dari »."""
        if plain(item) in self.codes:
            return [item]
        return [word.strip() for word in item.replace(";", ",").split(",") if word.strip()]

    def typed(self, value: Any, books: EntryLookups) -> str:
        return ", ".join(value or [])

    def in_words(self, value: Any, books: EntryLookups) -> str:
        return ", ".join(self.field.labels(value or []))

    def stored(self, data: Data, books: EntryLookups) -> list[str]:
        found = self.field.to_python(data.get(self.name))
        return [code for code, _label in self.field.flatchoices if code in found]


class Lines(Column):
    """A text of several lines: « un | deux » in one cell."""

    def read(self, cell: Cell, books: EntryLookups) -> list[str]:
        return [parsers.text(Cell(item), self.field.max_length) for item in parsers.items(cell)]

    def typed(self, value: Any, books: EntryLookups) -> str:
        return SEPARATOR.join(value or [])

    def stored(self, data: Data, books: EntryLookups) -> list[str]:
        lines = str(data.get(self.name) or "").splitlines()
        return [words for line in lines if (words := " ".join(line.replace("|", "/").split()))]

    def put(self, entry: ResourcePage, value: Any, books: EntryLookups) -> None:
        setattr(entry, self.name, "\n".join(value or []))

    @property
    def accepted(self) -> str:
        return _("plusieurs, séparés par « | »")


class Steps(Lines):
    """The steps of a first visit, in a StreamField of texts."""

    def read(self, cell: Cell, books: EntryLookups) -> list[str]:
        return [parsers.text(Cell(item), None) for item in parsers.items(cell)]

    def stored(self, data: Data, books: EntryLookups) -> list[str]:
        field: StreamField = self.field
        blocks = field.to_python(data.get(self.name) or "[]").raw_data
        texts = [str(block["value"]) for block in blocks]
        return [words for text in texts if (words := " ".join(text.replace("|", "/").split()))]

    def put(self, entry: ResourcePage, value: Any, books: EntryLookups) -> None:
        setattr(entry, self.name, [("step", text) for text in value or []])
