from collections.abc import Iterable

from search.contracts import Completion, EngineAnswer, EngineQuery, SearchDocument


class DatabaseEngine:
    """Answers from ``IndexedDocument`` and the analysed words beside it."""

    def search(self, query: EngineQuery) -> EngineAnswer:
        return EngineAnswer()

    def complete(self, start: str, language: str, limit: int = 8) -> tuple[Completion, ...]:
        return ()

    def put(self, documents: Iterable[SearchDocument]) -> None: ...

    def remove(self, keys: Iterable[str]) -> None: ...

    def digests(self) -> dict[str, str]:
        return {}

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        return 0
