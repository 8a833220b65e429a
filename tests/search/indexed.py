"""What readers find, asked of the embedded index itself."""

from search.contracts import EngineQuery, Hit
from search.engines import embedded


def found(words: str, **details) -> list[Hit]:
    return list(embedded().search(EngineQuery(words=words, **details)).hits)


def titles(words: str, **details) -> list[str]:
    return [hit.title for hit in found(words, **details)]
