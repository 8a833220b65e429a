from search.models.document import (
    DocumentTraits,
    FacetSet,
    IndexedDocument,
    Rank,
    TitleWord,
    Word,
)
from search.models.lexicon import LexiconEntry
from search.models.live_generation import LiveIndex
from search.models.page import SearchablePage
from search.models.pending import PageToIndex, PendingChange
from search.models.unanswered import UnansweredSearch

__all__ = [
    "DocumentTraits",
    "FacetSet",
    "IndexedDocument",
    "LexiconEntry",
    "LiveIndex",
    "PageToIndex",
    "PendingChange",
    "Rank",
    "SearchablePage",
    "TitleWord",
    "UnansweredSearch",
    "Word",
]
