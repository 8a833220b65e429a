"""What readers find, asked of the embedded index itself."""

from search.contracts import EngineQuery, SearchHit
from search.engines import embedded_engine


def found(words: str, **details) -> list[SearchHit]:
    return list(embedded_engine().search(EngineQuery(words=words, **details)).hits)


def titles(words: str, **details) -> list[str]:
    return [hit.title for hit in found(words, **details)]
