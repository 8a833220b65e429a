"""Verbs of the search: the only door to it for the rest of the portal."""

from search.services.searching import complete, search

__all__ = ["complete", "search"]
