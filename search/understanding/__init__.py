"""What a question means, before any engine is asked."""

from search.contracts import SearchQuery, Understood


def understand(query: SearchQuery) -> Understood:
    """Crisis words first, then the place, then the types and publics, then the lexicon."""
    return Understood(text=query.text, filters=query.filters)


__all__ = ["understand"]
