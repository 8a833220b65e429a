"""Verbs of the search: the only door to it for the rest of the portal."""

from search.services.searching import (
    complete,
    search,
    search_as_page,
    search_understood,
    understand_question,
)

__all__ = [
    "complete",
    "search",
    "search_as_page",
    "search_understood",
    "understand_question",
]
