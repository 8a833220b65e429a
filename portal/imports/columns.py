"""The columns of a table that is imported: one a field that an editor may write, in French.

A column knows three forms of one value: the text of a cell (``read``, ``format``), what
``ImportRow.values`` holds (JSON), and what an object or its draft stores (``stored``, ``put``).
Objects are read as the mapping of their fields that ``serializable_data`` gives, and that a
revision keeps. ``column_classes.column_for`` chooses the class that suits a field of a model.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _

from wagtail.fields import StreamField

from portal.imports import parsers
from portal.imports.contract import FieldValues
from portal.imports.files.csv_reader import BadValue
from portal.imports.lookups import ImportLookups
from portal.imports.parsers import SEPARATOR, CellText
from portal.text.normalize import bind_signs, plain

#: The fields of an object, as ``serializable_data`` gives them.
FieldData = Mapping[str, Any]


@dataclass(frozen=True)
class ImportColumn:
    """A field whose value is one text; other kinds of fields have classes of their own."""

    name: str
    heading: str
    model: type[models.Model]
    #: How the cell is read; as a text no longer than the field when it is not said.
    parse: Callable[[CellText], Any] | None = None

    #: Whether the value is held in rows of another table, which need the object's own pk.
    is_related: ClassVar[bool] = False

    @cached_property
    def field(self) -> Any:
        return self.model._meta.get_field(self.name)

    @property
    def label(self) -> str:
        name = str(self.field.verbose_name)
        return f"{name[:1].upper()}{name[1:]}"

    @property
    def may_be_emptied(self) -> bool:
        """Whether an empty cell means « nothing »; of some columns it tells nothing."""
        return True

    def help_text(self, lookups: ImportLookups) -> str:
        """What may be written in the cell, for the help of the screen."""
        return str(self.field.help_text)

    def is_of(self, model: type[models.Model]) -> bool:
        return issubclass(model, self.model)

    def read(self, cell: CellText, lookups: ImportLookups) -> Any:
        """The value of a cell. Raises BadValue."""
        if self.parse:
            return self.parse(cell)
        return parsers.parse_text(cell, self.field.max_length)

    def format(self, value: Any, lookups: ImportLookups) -> str:
        """The text of a cell that ``read`` reads back."""
        return "" if value is None else str(value)

    def display(self, value: Any, lookups: ImportLookups) -> str:
        """The value as the report tells it."""
        return self.format(value, lookups)

    def stored(self, data: FieldData, lookups: ImportLookups) -> Any:
        """The value that an object or its draft holds, written as rows write it."""
        value = data.get(self.name)
        if isinstance(value, date):
            return value.isoformat()
        return " ".join(value.split()) if isinstance(value, str) else value

    def put(self, instance: Any, value: Any, lookups: ImportLookups) -> None:
        """Set the value on an object that is not saved yet.

        A cell has ordinary spaces only, which is how values are compared: those that French binds
        to a sign are given back to words.
        """
        value = self._to_python(value)
        is_words = isinstance(value, str) and self.parse is None
        setattr(instance, self.name, bind_signs(value) if is_words else value)

    def _to_python(self, value: Any) -> Any:
        """The value of the field; nothing, as this very field says it."""
        if value not in (None, "", []):
            return self.field.to_python(value)
        if self.field.null:
            return None
        return self.field.to_python("") if self._may_hold_nothing else self.field.get_default()

    @property
    def _may_hold_nothing(self) -> bool:
        """Whether « nothing » is a value of its own, whatever new objects begin with."""
        return bool(self.field.blank and self.field.empty_strings_allowed)


class DateColumn(ImportColumn):
    def read(self, cell: CellText, lookups: ImportLookups) -> str | None:
        return parsers.parse_date(cell)


class YesNoColumn(ImportColumn):
    #: An address that is kept secret does not become public because a cell was cleared.
    may_be_emptied = False

    def read(self, cell: CellText, lookups: ImportLookups) -> bool:
        return parsers.parse_yes_no(cell)

    def format(self, value: Any, lookups: ImportLookups) -> str:
        return _("oui") if value else _("non")

    def help_text(self, lookups: ImportLookups) -> str:
        return _("oui ou non")


class ChoiceColumn(ImportColumn):
    """One code of a closed list; its words on screen are read as well."""

    @cached_property
    def choices(self) -> list[tuple[Any, str]]:
        return [(code, str(label)) for code, label in self.field.flatchoices if code != ""]

    @cached_property
    def codes(self) -> dict[str, Any]:
        # « Concertation : les choix sont discutés… » is known by its first words too.
        beginnings = {plain(label.split(" :")[0]): code for code, label in self.choices}
        labels = {plain(label): code for code, label in self.choices}
        return beginnings | labels | {plain(str(code)): code for code, _label in self.choices}

    @property
    def may_be_emptied(self) -> bool:
        return bool(self.field.blank)

    def read(self, cell: CellText, lookups: ImportLookups) -> Any:
        if cell.text:
            return self._code(cell.text, lookups)
        return "" if self._may_hold_nothing else self.field.get_default()

    def _code(self, text: str, lookups: ImportLookups) -> Any:
        try:
            return self.codes[plain(text)]
        except KeyError:
            raise BadValue(
                _("« %(text)s » n’est pas dans la liste. Écrivez : %(words)s.")
                % {"text": text, "words": self.help_text(lookups)}
            ) from None

    def display(self, value: Any, lookups: ImportLookups) -> str:
        return str(dict(self.choices).get(value, value or ""))

    def help_text(self, lookups: ImportLookups) -> str:
        return ", ".join(str(code) for code, _label in self.choices)


class CodesColumn(ChoiceColumn):
    """Several codes of a closed list."""

    def read(self, cell: CellText, lookups: ImportLookups) -> list[str]:
        words = [word for item in parsers.split_items(cell) for word in self._words(item)]
        found = {self._code(word, lookups) for word in words}
        return [code for code, _label in self.choices if code in found]

    def _words(self, item: str) -> list[str]:
        """« fr, en », or the words of one code, which may hold a comma: « persan, dari »."""
        if plain(item) in self.codes:
            return [item]
        return [word.strip() for word in item.replace(";", ",").split(",") if word.strip()]

    def format(self, value: Any, lookups: ImportLookups) -> str:
        return ", ".join(value or [])

    def display(self, value: Any, lookups: ImportLookups) -> str:
        return ", ".join(self.field.labels(value or []))

    def stored(self, data: FieldData, lookups: ImportLookups) -> list[str]:
        found = self.field.to_python(data.get(self.name))
        return [code for code, _label in self.choices if code in found]


class LinesColumn(ImportColumn):
    """A text of several lines: « un | deux » in one cell."""

    @property
    def longest(self) -> int | None:
        return self.field.max_length

    def read(self, cell: CellText, lookups: ImportLookups) -> list[str]:
        items = parsers.split_items(cell)
        return [parsers.parse_text(CellText(item), self.longest) for item in items]

    def format(self, value: Any, lookups: ImportLookups) -> str:
        return SEPARATOR.join(value or [])

    def stored(self, data: FieldData, lookups: ImportLookups) -> list[str]:
        return clean_lines(str(data.get(self.name) or "").splitlines())

    def put(self, instance: Any, value: Any, lookups: ImportLookups) -> None:
        setattr(instance, self.name, "\n".join(value or []))

    def help_text(self, lookups: ImportLookups) -> str:
        return _("plusieurs, séparés par « | »")


class TextBlocksColumn(LinesColumn):
    """The texts of a StreamField that has one kind of block."""

    field: StreamField

    @property
    def _block(self) -> tuple[str, Any]:
        [pair] = self.field.stream_block.child_blocks.items()
        return pair

    @property
    def longest(self) -> int | None:
        _name, block = self._block
        return getattr(block.field, "max_length", None)

    def stored(self, data: FieldData, lookups: ImportLookups) -> list[str]:
        blocks = self.field.to_python(data.get(self.name) or "[]").raw_data
        return clean_lines(str(block["value"]) for block in blocks)

    def put(self, instance: Any, value: Any, lookups: ImportLookups) -> None:
        name, _block = self._block
        setattr(instance, self.name, [(name, text) for text in value or []])


def clean_lines(texts: Iterable[str]) -> list[str]:
    """The texts that a cell may list: one line each, and no separator in them."""
    return [words for text in texts if (words := " ".join(text.replace("|", "/").split()))]


def read_cells(
    columns: Iterable[ImportColumn], texts: Mapping[str, str], lookups: ImportLookups
) -> tuple[FieldValues, list[str], list[str]]:
    """The values of a line by name of field, then what refuses it, then what is only said."""
    values: FieldValues = {}
    problems: list[str] = []
    remarks: list[str] = []
    for column in columns:
        cell = CellText(texts[column.heading])
        try:
            values[column.name] = column.read(cell, lookups)
        except BadValue as mistake:
            problems.append(f"{column.heading} : {mistake}")
        remarks += cell.remarks
    return values, problems, remarks
