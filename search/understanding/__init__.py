"""What a question means, before any engine is asked."""

from search.understanding.danger import crisis_in
from search.understanding.lexicon import type_choices
from search.understanding.parse import understand
from search.understanding.type_phrases import nearest_in_kind

__all__ = ["crisis_in", "nearest_in_kind", "type_choices", "understand"]
