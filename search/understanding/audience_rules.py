"""Whom a question is for, from the surest way to say it to what goes without saying."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.understanding import audience
from search.understanding.ages import age_said
from search.understanding.lexicon import QueryVocabulary
from search.understanding.phrases import PhraseMatch
from search.understanding.tokenize import QueryText


@dataclass(frozen=True, slots=True)
class AudienceGuess:
    """A public, the words that tell it, and whether these words say just that."""

    public: str = ""
    indices: frozenset[int] = frozenset()
    is_said: bool = False

    @property
    def narrows(self) -> bool:
        """Whether places for others are left out; else the public only guides."""
        return self.is_said and self.public in audience.APART


def guess_audience(
    question: QueryText, known: QueryVocabulary, said: Sequence[PhraseMatch], *, in_danger: bool
) -> AudienceGuess:
    """Whom the question is for: an age, a word (« ado »), or what its phrases imply.

    A relative of whom a phrase speaks already (« j’ai perdu mon père ») tells nothing more.
    Who is worried about a friend in danger needs help now, whoever that is.
    """
    relative = frozenset(audience.relative_said(question))
    told = {index for one in said for index in one.indices}
    relative = relative if relative - told else frozenset()
    age = age_said(question, lambda index: _names_care(said, index))
    named = known.publics.find(question, known.mend)
    if age.is_certain:
        told_by_age = AudienceGuess(age.public, relative | age.indices, is_said=True)
        return _studying(age.public, named) or told_by_age
    calling = frozenset(audience.calling_said(question))
    if whom := _named(question, named, said):
        beside = {"professionnels": calling, "proches": relative}.get(whom.public, frozenset())
        return replace(whom, indices=whom.indices | beside) if whom.is_said else whom
    if calling:
        return AudienceGuess("professionnels", calling)
    if suggested := age.public or _implied(named):
        return AudienceGuess(suggested)
    if implied := _implied(said):
        return AudienceGuess(implied, relative)
    return AudienceGuess("proches", relative) if relative and not in_danger else AudienceGuess()


def _studying(by_age: str, named: Sequence[PhraseMatch]) -> AudienceGuess | None:
    """« J’ai 19 ans, je suis à la fac »: of adults, students have places of their own."""
    is_student = any(one.meaning.public == "etudiants" for one in named)
    return AudienceGuess("etudiants") if by_age == "adultes" and is_student else None


def _named(
    question: QueryText, named: Sequence[PhraseMatch], said: Sequence[PhraseMatch]
) -> AudienceGuess | None:
    """The public of a word; one that is part of a type's name goes without saying."""
    of_types = {index for one in said if one.meaning.types for index in one.indices}
    named = [one for one in named if one.meaning.public]
    named = [one for one in named if not audience.is_past(question, one.indices)]
    apart = [one for one in named if not of_types.issuperset(one.indices)]
    found = {one.meaning.public for one in apart or named}
    public = next((public for public in audience.WORDS if public in found), "")
    if not public or not apart:
        return AudienceGuess(public) if public else None
    indices = frozenset(
        index
        for one in apart
        if one.meaning.public == public
        for index in audience.with_own(question, one.indices)
    )
    return AudienceGuess(public, indices, is_said=True)


def _names_care(said: Sequence[PhraseMatch], index: int) -> bool:
    """Whether this word names a place or a profession, rather than what somebody lives."""
    return any(index in one.indices and not one.meaning.is_felt for one in said)


def _implied(said: Sequence[PhraseMatch]) -> str:
    """What somebody lives tells more than the place that they name."""
    felt_first = sorted(said, key=lambda one: not one.meaning.is_felt)
    return next((one.meaning.implied for one in felt_first if one.meaning.implied), "")
