"""A question in words, with what each of them has already told."""

import re
from collections.abc import Collection, Iterable

from search.analysis import AnalysedToken, tokens
from search.understanding.normalise import normalise
from search.understanding.time_words import time_words

#: A reader who pastes a page is understood by its first words.
MOST_CHARACTERS = 200

#: Words that a phrase may have or not: « groupe d’entraide », « groupes entraide ».
_GAPS = """
    a ai au aux avec c ce ces cet cette d dans de des du elles en es est et ete etre ils j je l la
    le les leur leurs m ma me mes mon n ne nos notre nous ont ou par pour s sa se ses son sont suis
    sur t ta te tes ton tu un une votre vos y
"""
GAPS = frozenset(_GAPS.split())
#: What ties words together, and says nothing once the word beside it is gone.
_TIED = "a au aux avec chez d dans de des du en est et l la le les ou par pour que qui sur un une"
_TIES = frozenset(_TIED.split())
_LEADS = _TIES | {"mon", "ma", "mes"}
_BLANKS = re.compile(r"\s+")


class QueryText:
    """The first words of a text, as French writes them, and which of them were understood."""

    def __init__(self, text: str) -> None:
        cleaned = normalise(text)
        cut = cleaned.rfind(" ", 0, MOST_CHARACTERS) if len(cleaned) > MOST_CHARACTERS else -1
        end = cut if cut > 0 else MOST_CHARACTERS
        self.text, self.tail = cleaned[:end], cleaned[end:].strip()
        self.tokens: list[AnalysedToken] = list(tokens(self.text))
        self.words = [token.word for token in self.tokens]
        self.taken: set[int] = set()
        #: Ages and durations stand between other words without parting them.
        self.times = time_words(self.words)

    @property
    def content(self) -> list[int]:
        """Where the words stand that say something and are still to be understood."""
        return [
            index
            for index, word in enumerate(self.words)
            if index not in self.taken and index not in self.times and word not in GAPS
        ]

    def says_me(self, start: int, end: int) -> bool:
        """Whether « me » or « m’ » stands among these words."""
        said = self.tokens[start:end]
        elided = (self.text[token.begins : token.start].lower() for token in said)
        return any(token.word == "me" for token in said) or any(
            piece.startswith("m") for piece in elided
        )

    def missing_from(self, rest: str, *, kept: Collection[int] = ()) -> frozenset[int]:
        """Where the words stand that ``rest`` does not have: the text without some of its words,
        in which those of ``kept`` were not looked at."""
        left = [token.word for token in tokens(rest)]
        position = len(left)
        missing = set()
        for index in range(len(self.words) - 1, -1, -1):
            if index in kept:
                continue
            if position and left[position - 1] == self.words[index]:
                position -= 1
            else:
                missing.add(index)
        return frozenset(missing)

    def without(
        self,
        indices: Iterable[int],
        written: dict[int, str] | None = None,
        *,
        tied: bool = True,
    ) -> str:
        """The reader's text without these words, nor (``tied``) the small ones that led there.

        ``written`` gives other spellings of some words that stay.
        """
        gone = self._with_ties(set(indices)) if tied else set(indices)
        if not gone and not written:
            return self.text
        pieces: list[str] = []
        end, was_gone = 0, False
        for index, token in enumerate(self.tokens):
            if index in gone:
                pieces.append(_between(self.text[end : token.begins], after=was_gone, before=True))
                end, was_gone = token.end, True
                continue
            if was_gone:
                pieces.append(_between(self.text[end : token.begins], after=True, before=False))
                end, was_gone = token.begins, False
            if written and index in written:
                pieces += [self.text[end : token.start], written[index]]
                end = token.end
        pieces.append(_between(self.text[end:], after=was_gone, before=False))
        left = _BLANKS.sub(" ", "".join(pieces)).strip()
        return _untied(left) if tied else left

    def _with_ties(self, gone: set[int]) -> set[int]:
        """These words and those that led to them: « pour » in « cmp pour enfant »."""
        for index in range(len(self.words) - 1, 0, -1):
            if index in gone and self.words[index - 1] in _LEADS:
                gone.add(index - 1)
        return gone


def _between(piece: str, *, after: bool, before: bool) -> str:
    """What stands beside a word that is gone, without the marks that held it."""
    if before:
        piece = re.sub(r"[\s,;:(/«“\"'’–—-]+$", " ", piece)
    if after:
        piece = re.sub(r"^[\s,;:)/»”\"'’–—.!?-]+", " ", piece)
    return piece


def _untied(text: str) -> str:
    """The text without the small words at its ends, which tied it to what is gone."""
    found = list(tokens(text))
    while found and found[-1].word in _TIES:
        text = text[: found.pop().begins].rstrip(" ,;:-'’")
    first = next((token for token in found if token.word not in _TIES), None)
    return text[first.start :].strip() if first else ""
