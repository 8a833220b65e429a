"""Files written row by row while they leave: their size costs no memory."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import StreamingHttpResponse

from portal.exports.formula_escape import escape_formula

#: How many rows are read at once, with what hangs on them.
ROWS_AT_ONCE = 500
#: A piece of this many characters is worth a write to the network.
_PIECE = 16_384

CSV = "text/csv; charset=utf-8"
JSON = "application/json"
GEOJSON = "application/geo+json"


def streaming_response(
    pieces: Iterable[str], content_type: str, filename: str = ""
) -> StreamingHttpResponse:
    """An answer written as it is read; ``filename`` when it is a file to keep."""
    response = StreamingHttpResponse(encoded_chunks(pieces), content_type=content_type)
    if filename:
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def csv_chunks(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """A CSV that Excel in French opens at once, and in which no cell is a formula."""
    writer: Any = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff"
    yield writer.writerow([_cell(name) for name in head])
    for row in rows:
        yield writer.writerow([_cell(value) for value in row])


def json_chunks(facts: Mapping[str, Any] | None, name: str, items: Iterable[Any]) -> Iterator[str]:
    """``{"fact": …, "name": [item, item]}``; without facts, the bare list of items."""
    opening = "" if facts is None else _dumps({**facts, name: []})[:-2]
    yield opening or "["
    between = "\n"
    for item in items:
        yield f"{between}{_dumps(item)}"
        between = ",\n"
    yield "\n]}" if opening else "\n]"


def encoded_chunks(pieces: Iterable[str]) -> Iterator[bytes]:
    """The same text in bytes, in pieces that are worth a write to the network."""
    kept: list[str] = []
    size = 0
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield "".join(kept).encode()
            kept, size = [], 0
    yield "".join(kept).encode()


class _Echo:
    """A file that gives back what is written in it, which is all that ``csv`` asks."""

    def write(self, text: str) -> str:
        return text


def _cell(value: Any) -> str:
    if value is None:
        return ""
    # A number has a type: « -5.37 » is a longitude, which no spreadsheet would run.
    return str(value) if isinstance(value, (int, float)) else escape_formula(str(value))


def _dumps(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, cls=DjangoJSONEncoder)
