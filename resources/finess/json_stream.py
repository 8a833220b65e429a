"""A long JSON read item by item: what is held at once is one item, whatever the file weighs."""

import io
import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from portal.imports.files.csv_reader import UnreadableFile

_AT_ONCE = 256 * 1024
#: The longest item: the largest hospital groups hold a few hundred establishments.
MOST_CHARACTERS = 16 * 1024**2
_BLANKS = " \t\r\n"


def items_of(stream: io.BufferedReader) -> Iterator[tuple[str, Any]]:
    """What a JSON object holds: each item of its lists, and its other values, with their names."""
    text = _Text(stream)
    try:
        yield from _items(text)
    except UnicodeDecodeError:
        words = _("Ce JSON n’est pas en UTF-8 : donnez le fichier d’origine.")
        raise UnreadableFile(words) from None
    except (ValueError, RecursionError):
        raise UnreadableFile(
            _("Ce JSON est mal formé ou coupé, après %(count)s Mo : téléchargez-le de nouveau.")
            % {"count": text.read // 1024**2}
        ) from None


def _items(text: "_Text") -> Iterator[tuple[str, Any]]:
    text.expect("{")
    while not text.accept("}"):
        name = str(text.value())
        text.expect(":")
        if not text.accept("["):
            yield name, text.value()
        else:
            while not text.accept("]"):
                yield name, text.value()
                text.accept(",")
        text.accept(",")


class _Text:
    """The text from where the reading is; more of it is asked for when a value is cut."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self.source = io.TextIOWrapper(stream, encoding="utf-8-sig")
        self.decoder = json.JSONDecoder()
        self.text = ""
        self.at = 0
        self.read = 0
        self.is_over = False

    def _more(self) -> None:
        if len(self.text) - self.at > MOST_CHARACTERS:
            raise ValueError("item too long")
        # As much again as is there: a long value is not tried again too many times.
        more = self.source.read(max(_AT_ONCE, len(self.text) - self.at))
        self.is_over = not more
        self.read += len(more)
        self.text, self.at = self.text[self.at :] + more, 0

    def _next(self) -> str:
        """The next sign that is no blank."""
        while True:
            while self.at < len(self.text):
                if self.text[self.at] not in _BLANKS:
                    return self.text[self.at]
                self.at += 1
            if self.is_over:
                raise ValueError("cut")
            self._more()

    def accept(self, sign: str) -> bool:
        """Go past this sign, when it comes next."""
        if self._next() != sign:
            return False
        self.at += 1
        return True

    def expect(self, sign: str) -> None:
        if not self.accept(sign):
            raise ValueError(f"no {sign}")

    def value(self) -> Any:
        self._next()
        while True:
            try:
                value, end = self.decoder.raw_decode(self.text, self.at)
            except json.JSONDecodeError:
                if self.is_over:
                    raise
            else:
                # A number that ends with what was read may go on.
                if end < len(self.text) or self.is_over:
                    self.at = end
                    return value
            self._more()
