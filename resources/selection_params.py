"""Parameters of « Ma sélection »: short keys of entries that an address carries.

Nothing is stored for a reader: the address is the selection.
"""

import re
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

#: The parameter of the page itself, and the one that lists and entries carry along.
PAGE_PARAMETER, CARRIED_PARAMETER = "f", "sel"
SELECTION_PATH = "selection/"  # below the directory
MAX_ENTRIES = 30
_LENGTH = 10
_KEY = re.compile(f"[0-9a-f]{{{_LENGTH}}}")


def short_key(entry: Any) -> str:
    """The first ten hexadecimal digits of the uuid of ``entry``; they never change."""
    return entry.uuid.hex[:_LENGTH]


class SelectionParams:
    """The keys of a parameter, each once and in order; the bad and the surplus are counted."""

    def __init__(self, query: QueryDict, parameter: str) -> None:
        parts = [part for value in query.getlist(parameter) for part in value[:1000].split("-")]
        names = dict.fromkeys(part.strip().lower() for part in parts if part.strip())
        good = [name for name in names if _KEY.fullmatch(name)]
        self.keys: list[str] = good[:MAX_ENTRIES]
        self.too_many = len(good) - len(self.keys)
        self.unreadable = len(names) - len(good)

    def __contains__(self, key: str) -> bool:
        return key in self.keys

    def __str__(self) -> str:
        return "-".join(self.keys)

    def with_(self, key: str) -> str:
        return "-".join(dict.fromkeys([*self.keys, key]))

    def without(self, key: str) -> str:
        return "-".join(other for other in self.keys if other != key)


class SelectionLink(NamedTuple):
    """One entry, and the link that adds it to the selection, or shows that it is in."""

    title: str
    url: str
    is_chosen: bool


def selection_link(entry: Any, selection_url: str, params: SelectionParams) -> SelectionLink:
    """The link to « Ma sélection » with ``entry`` in it.

    It holds keys of entries only: a question never leaves the page of its answers.
    """
    key = short_key(entry)
    address = urlencode({PAGE_PARAMETER: params.with_(key)})
    return SelectionLink(entry.title, f"{selection_url}?{address}", key in params)


def with_selection(url: str, params: SelectionParams) -> str:
    """``url`` with the selection as a parameter, when there is one."""
    return f"{url}?{CARRIED_PARAMETER}={params}" if params.keys else url


def uuid_range(key: str) -> tuple[UUID, UUID]:
    """The first and the last uuid that begin with ``key``, for a range in the database."""
    rest = 32 - _LENGTH
    return UUID(key + "0" * rest), UUID(key + "f" * rest)
