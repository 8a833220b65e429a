"""Whom a question is for, from the surest way to say it to what goes without saying."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.understanding import publics
from search.understanding.phrases import Said
from search.understanding.reading import Question


@dataclass(frozen=True, slots=True)
class Whom:
    """A public, the words that tell it, and whether these words say just that."""

    public: str = ""
    indices: frozenset[int] = frozenset()
    is_said: bool = False

    @property
    def narrows(self) -> bool:
        """Whether places for others are left out; else the public only guides."""
        return self.is_said and self.public in publics.APART


def whom_of(question: Question, said: Sequence[Said], *, in_danger: bool) -> Whom:
    """Whom the question is for: an age, a word (« ado »), or what its phrases imply.

    Who is worried about a friend in danger needs help now, whoever that is.
    """
    relative = frozenset(publics.relative_said(question))
    age, indices = publics.age_said(question)
    if age:
        return Whom(age, relative | indices, is_said=True)
    if named := _named(question, said):
        return named
    if calling := publics.calling_said(question):
        return Whom("professionnels", frozenset(calling))
    if implied := _implied(said):
        return Whom(implied, relative)
    return Whom("proches", relative) if relative and not in_danger else Whom()


def _named(question: Question, said: Sequence[Said]) -> Whom | None:
    found = {one.meaning.public: one for one in reversed(said) if one.meaning.public}
    public = next((public for public in publics.WORDS if public in found), "")
    if not public:
        return None
    return Whom(public, publics.with_own(question, found[public].indices), is_said=True)


def _implied(said: Sequence[Said]) -> str:
    """What somebody lives tells more than the place that they name."""
    felt_first = sorted(said, key=lambda one: not one.meaning.is_felt)
    return next((one.meaning.implied for one in felt_first if one.meaning.implied), "")
