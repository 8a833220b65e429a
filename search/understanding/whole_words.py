"""Whole words: split by a blank, joined without one, or not typed to their end."""

from search.understanding.lexicon import FILLERS, QueryVocabulary
from search.understanding.spelling import ordinary_words
from search.understanding.tokenize import GAPS, QueryText

_SHORTEST = 7
_SHORTEST_PART = 2
#: How much of a mended word its second half must be: « enfant st » is no slip of « enfants ».
_LEAST_ADDED = 4


def with_whole_words(question: QueryText, known: QueryVocabulary) -> QueryText:
    """The question with « orto foniste » as « orthophoniste », « urgence psychia » in full, and
    « hopitaldejour » in its words.

    Two words are one when together they are, or sound like, a word of a phrase, and when one of
    them at least is no word of its own. A word is cut when it begins one of a name whose first
    words are said.
    """
    question = _rewritten(question, _unglued(question, known), set())
    question = _rewritten(question, known.book.cut_words(question), set())
    written: dict[int, str] = {}
    gone: set[int] = set()
    for index in range(len(question.words) - 1):
        if index not in gone and (whole := _joined(question, index, known)):
            written[index] = whole
            gone.add(index + 1)
    return _rewritten(question, written, gone)


def _unglued(question: QueryText, known: QueryVocabulary) -> dict[int, str]:
    """The words that are names of several words, by where they stand."""
    long = ((index, word) for index, word in enumerate(question.words) if len(word) >= _SHORTEST)
    names = ((index, known.book.unglued(word)) for index, word in long if word.isalpha())
    return {index: name for index, name in names if name}


def _rewritten(question: QueryText, written: dict[int, str], gone: set[int]) -> QueryText:
    if not written:
        return question
    text = question.without(gone, written, tied=False)
    return QueryText(f"{text} {question.tail}")


def _joined(question: QueryText, index: int, known: QueryVocabulary) -> str:
    """The word of which these two are the halves; empty when they are none."""
    first, second = question.words[index : index + 2]
    here, after = question.tokens[index : index + 2]
    if question.text[here.end : after.begins].strip(" -") or not _may_be_halves(first, second):
        return ""
    if known.book.knows(first) and known.book.knows(second):
        return ""
    joined = first + second
    if known.book.knows(joined):
        return joined
    # The second half must mean nothing: « psychologue adulte » is no slip of one long word.
    if known.is_known(second) or second in ordinary_words():
        return ""
    mended = known.mend(joined)
    is_same = mended.startswith(first) and len(mended) - len(first) < _LEAST_ADDED
    return "" if mended == joined or is_same else mended


def _may_be_halves(first: str, second: str) -> bool:
    if not (first.isalpha() and second.isalpha()) or len(first) + len(second) < _SHORTEST:
        return False
    if min(len(first), len(second)) < _SHORTEST_PART:
        return False
    return not ({first, second} & (GAPS | FILLERS)) and not {first, second} <= ordinary_words()
