"""What a question means, before any engine is asked."""

from search.understanding.crisis import crisis_in
from search.understanding.lexicon import type_choices
from search.understanding.types import nearest_in_kind
from search.understanding.understand import understand

__all__ = ["crisis_in", "nearest_in_kind", "type_choices", "understand"]
