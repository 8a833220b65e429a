"""A long JSON read item by item: what is held at once is one item, whatever the file weighs."""

import codecs
import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

import ijson

from portal.imports.files.csv_reader import UnreadableFile

#: The longest item, in events of the parser: the largest groups hold a few hundred places.
MOST_EVENTS = 1_000_000
#: FINESS+ nests five levels.
MOST_DEPTH = 50

# ``basic_parse``, not ``parse``: the latter builds the path of each value, whose length squares
# the memory that a file of nothing but « [ » takes.
ParserEvents = Iterator[tuple[str, Any]]


def items_of(stream: io.BufferedReader) -> Iterator[tuple[str, Any]]:
    """What a JSON object holds: each item of its lists, and its other values, with their names.

    Raises UnreadableFile, in French, for what is not UTF-8, malformed, cut, or too large an item.
    """
    source = _CountingReader(stream)
    try:
        yield from _items(ijson.basic_parse(source, use_float=True))
    except (ijson.JSONError, ValueError) as error:
        if "UTF8" in str(error):
            words = _("Ce JSON n’est pas en UTF-8 : donnez le fichier d’origine.")
            raise UnreadableFile(words) from None
        raise UnreadableFile(
            _("Ce JSON est mal formé ou coupé, après %(count)s Mo : téléchargez-le de nouveau.")
            % {"count": source.count // 1024**2}
        ) from None


def _items(events: ParserEvents) -> Iterator[tuple[str, Any]]:
    if next(events)[0] != "start_map":
        raise ValueError("not an object")
    name, is_in_list = "", False
    for event, value in events:
        if event == "map_key":
            name = value
        elif event == "start_array" and not is_in_list:
            is_in_list = True
        elif event == "end_array":
            is_in_list = False
        elif event != "end_map":
            yield name, _built(event, value, events)


def _built(event: str, value: Any, events: ParserEvents) -> Any:
    """The value that begins with this event; takes from ``events`` those that make it."""
    builder = ijson.ObjectBuilder()
    builder.event(event, value)
    depth, count = int(event.startswith("start_")), 0
    while depth:
        event, value = next(events)
        builder.event(event, value)
        depth += event.startswith("start_") - event.startswith("end_")
        count += 1
        if depth > MOST_DEPTH or count > MOST_EVENTS:
            raise ValueError("item too large")
    return builder.value


class _CountingReader:
    """The file without its mark, and how much of it was read."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.count = 0
        if stream.peek(3)[:3] == codecs.BOM_UTF8:
            stream.read(3)

    def read(self, size: int = -1) -> bytes:
        content = self._stream.read(size)
        self.count += len(content)
        return content
