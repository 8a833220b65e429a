"""Lists, page by page or line by line."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet

#: How many objects are read at once when all of them leave, one a line.
LINES_AT_ONCE = 200


class ObjectList(NamedTuple):
    """The objects that answer: keys that are counted and cut, and how some are written."""

    keys: QuerySet | Sequence[Any]
    write: Callable[[Sequence[Any]], list[dict[str, Any]]]


def page_data(found: ObjectList, number: int, per_page: int) -> dict[str, Any]:
    """One page in its envelope; a page after the last one is empty."""
    total = found.keys.count() if isinstance(found.keys, QuerySet) else len(found.keys)
    pages = -(-total // per_page)
    start = (number - 1) * per_page
    contents = found.write(list(found.keys[start : start + per_page]) if start < total else [])
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }


def lines(found: ObjectList) -> Iterator[str]:
    """All of it, one object a line, however many there are."""
    keys = list(found.keys)
    for start in range(0, len(keys), LINES_AT_ONCE):
        for item in found.write(keys[start : start + LINES_AT_ONCE]):
            yield f"{json.dumps(item, ensure_ascii=False)}\n"
