"""What an engine of the search answers to. No Django, no Wagtail."""

from collections.abc import Iterable
from typing import Protocol

from search.contracts import EngineAnswer, EngineQuery, QueryCompletion, SearchDocument


class SearchEngine(Protocol):
    """A search engine. A method raises ``EngineUnavailable`` when its server is away."""

    def search(self, query: EngineQuery) -> EngineAnswer: ...

    def complete(self, start: str, language: str, limit: int = 8) -> tuple[QueryCompletion, ...]:
        """Titles with a word that begins with ``start`` (two letters at least)."""
        ...

    def put(self, documents: Iterable[SearchDocument]) -> None:
        """Add these documents, or replace those of the same key."""
        ...

    def remove(self, keys: Iterable[str]) -> None:
        """Forget these documents; unknown keys do no harm."""
        ...

    def digests(self) -> dict[str, str]:
        """The digest of each document held, by key: what ``reconcile_search`` compares."""
        ...

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Build a new index beside the old one, check it, swap; the number of documents.

        The old index answers meanwhile, and stays when this is interrupted.
        """
        ...
