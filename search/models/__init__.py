from search.models.document import IndexedDocument
from search.models.lexicon import LexiconEntry
from search.models.page import SearchablePage
from search.models.unanswered import UnansweredSearch

__all__ = ["IndexedDocument", "LexiconEntry", "SearchablePage", "UnansweredSearch"]
