"""The short names of entries, by which an address holds a selection of them."""

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
_TICKET = re.compile(f"[0-9a-f]{{{_LENGTH}}}")


def short_key(entry: Any) -> str:
    """The short name of an entry in a selection: it never changes."""
    return entry.uuid.hex[:_LENGTH]


class SelectionParams:
    """The short names that an address holds, each once, in their order; the rest is counted."""

    def __init__(self, query: QueryDict, parameter: str) -> None:
        said = [part for value in query.getlist(parameter) for part in value[:1000].split("-")]
        names = dict.fromkeys(part.strip().lower() for part in said if part.strip())
        good = [name for name in names if _TICKET.fullmatch(name)]
        self.kept: list[str] = good[:MAX_ENTRIES]
        self.too_many = len(good) - len(self.kept)
        self.unreadable = len(names) - len(good)

    def __contains__(self, ticket: str) -> bool:
        return ticket in self.kept

    def __str__(self) -> str:
        return "-".join(self.kept)

    def with_(self, ticket: str) -> str:
        return "-".join(dict.fromkeys([*self.kept, ticket]))

    def without(self, ticket: str) -> str:
        return "-".join(kept for kept in self.kept if kept != ticket)


class SelectionLink(NamedTuple):
    """One entry, and the link that adds it to the selection, or shows that it is in."""

    title: str
    url: str
    is_chosen: bool


def selection_link(
    entry: Any, selection_url: str, tickets: SelectionParams, question: str = ""
) -> SelectionLink:
    """``question`` is the query string of the list, for the way back."""
    ticket = short_key(entry)
    query = {PAGE_PARAMETER: tickets.with_(ticket), "retour": question}
    address = urlencode({name: value for name, value in query.items() if value})
    return SelectionLink(entry.title, f"{selection_url}?{address}", ticket in tickets)


def with_selection(url: str, tickets: SelectionParams) -> str:
    """The address of an entry, which then knows the selection."""
    return f"{url}?{CARRIED_PARAMETER}={tickets}" if tickets.kept else url


def uuid_range(ticket: str) -> tuple[UUID, UUID]:
    """The first and the last identifiers that begin so."""
    rest = 32 - _LENGTH
    return UUID(ticket + "0" * rest), UUID(ticket + "f" * rest)
