"""The words of a question, as the index knows them."""

from dataclasses import dataclass

from search.analysis import stems
from search.contracts import EngineQuery
from search.engines.limits import LONGEST_TEXT, MOST_STEMS, MOST_SYNONYMS


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """Stems to look for: ``words`` together, or any one of ``synonyms`` in their place."""

    words: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.synonyms)

    @property
    def together(self) -> tuple[tuple[str, ...], ...]:
        """Any word may give way to a synonym: all the words, or one synonym, is the same."""
        return ((self.words,) if self.words else ()) + self.synonyms

    @property
    def apart(self) -> tuple[tuple[str, ...], ...]:
        return (*((word,) for word in self.words), *self.synonyms)

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(self.words).union(*self.synonyms)


def query_terms(query: EngineQuery) -> QueryTerms:
    """The stems of a question; text without any (« ! », « le ») asks for no word at all."""
    groups = (stems_of(text) for text in query.synonyms[:MOST_SYNONYMS])
    return QueryTerms(
        words=stems_of(query.words),
        synonyms=tuple(dict.fromkeys(group for group in groups if group)),
    )


def stems_of(text: str) -> tuple[str, ...]:
    """Stems of what a reader typed, of which only so much is read."""
    return indexed_stems(text[:LONGEST_TEXT])[:MOST_STEMS]


def indexed_stems(text: str) -> tuple[str, ...]:
    """Stems of a text, each once: where a word is says more than how often it comes back."""
    return tuple(dict.fromkeys(stems(text)))
