"""Danger and distress in what somebody types: rules first, then a model that only adds."""

from search.understanding.danger.assessment import DangerSigns, crisis_in, signs_in
from search.understanding.danger.rules import is_crisis_word

__all__ = ["DangerSigns", "crisis_in", "is_crisis_word", "signs_in"]
