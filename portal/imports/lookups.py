"""The rows of other tables that a cell may name: read once for a whole file.

An app has one ``ImportLookups`` for each of its imports, whose ``tables`` says which
``LookupTable`` serves a field.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.imports.files.csv_reader import BadValue
from portal.text.normalize import plain


class LookupTable:
    """Rows of one table: their codes in a file, their pks, the words that name them.

    ``unknown`` is the sentence, with ``text`` and ``codes``, that refuses what names none.
    """

    #: What a cell of such a column names, for the help of the screen.
    accepted: ClassVar[str | Promise] = ""

    #: (pk, code, name) of each row.
    rows: list[tuple[Any, str, str]]

    def __init__(self, rows: Iterable[tuple[Any, str, str]], unknown: str) -> None:
        self.rows = list(rows)
        self.unknown = unknown
        self._objects: dict[Any, Any] = {}
        self.pks = {code: pk for pk, code, _name in self.rows}
        self.codes = {pk: code for pk, code, _name in self.rows}
        self.names = {code: name for _pk, code, name in self.rows}

    @cached_property
    def codes_by_words(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for _pk, code, name in self.rows:
            for words in {self.normalize(name), self.normalize(code)}:
                found.setdefault(words, []).append(code)
        return found

    def normalize(self, words: str) -> str:
        return plain(words)

    def find_code(self, text: str) -> str:
        """The code that a cell names; « Nom (code) » is what the table wrote. Raises BadValue."""
        if not text:
            return ""
        inside = text.rpartition("(")[2].rstrip(")").strip() if text.endswith(")") else ""
        for code in (text, text.upper(), inside):
            if code in self.pks:
                return code
        found = self.codes_by_words.get(self.normalize(text), [])
        if len(found) == 1:
            return found[0]
        return self.refuse(text, found)

    def refuse(self, text: str, found: list[str]) -> str:
        """Say why this text names no row, or too many of them. Raises BadValue."""
        if found:
            words = _("« %(text)s » peut être : %(codes)s. Écrivez le code.")
            raise BadValue(words % {"text": text, "codes": ", ".join(map(self.format, found))})
        raise BadValue(self.unknown % {"text": text, "codes": ", ".join(self.suggestions()[:60])})

    def suggestions(self) -> list[str]:
        return sorted(self.pks)

    def objects_of(self, model: type[Model], codes: Iterable[str]) -> list[Any]:
        """The rows of these codes as objects of their model, each read once."""
        pks = [self.pks[code] for code in codes]
        if missing := [pk for pk in pks if pk not in self._objects]:
            self._objects |= model._default_manager.in_bulk(missing)
        return [self._objects[pk] for pk in pks]

    def format(self, code: str) -> str:
        """The text of a cell that ``find_code`` reads back."""
        return code


class ImportLookups:
    """The tables of one file, each read at most once, when a column asks for it."""

    #: By name of field.
    tables: ClassVar[Mapping[str, type[Any]]] = {}

    def __init__(self) -> None:
        self._read: dict[type[Any], LookupTable] = {}

    def of(self, name: str) -> Any:
        """The table of a field."""
        table = self.tables[name]
        if table not in self._read:
            self._read[table] = table()
        return self._read[table]
