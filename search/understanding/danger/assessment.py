"""What somebody who types this may need at once: a red block, a quiet one, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from search.understanding.danger.features import features
from search.understanding.danger.model import DANGER, HELP, danger_model
from search.understanding.danger.reading import ReadWord, read_words
from search.understanding.danger.rules import gravest, heard_by_rules, quiet_kind
from search.understanding.danger.subjects import Subject, names_a_work, subject_of
from search.understanding.danger.words import DISTRESS, LEARNED, NOT_NOW, SUICIDE, VIOLENCE

#: Said laughing (« mdr »), these are a doubt.
_LAUGHED_AT = frozenset((SUICIDE, VIOLENCE))
_LAUGHS = frozenset(("mdr", "mdrr", "ptdr", "ptdrr", "lol", "xd", "haha", "hahaha"))


@dataclass(frozen=True, slots=True)
class DangerSigns:
    """``danger``: a kind of ``KINDS``, shown in red; ``quiet``: a kind of ``QUIET_KINDS``.

    One at most is not empty: what is red says all.
    """

    danger: str = ""
    quiet: str = ""


def signs_in(text: str) -> DangerSigns:
    """The signs of danger or distress of a text. Never an error, whatever was typed.

    The rules decide; the model adds to them, and takes nothing away.

    >>> signs_in("je veux en finir").danger, signs_in("je craque").quiet, signs_in("cmp aubagne")
    ('suicide', 'detresse', DangerSigns(danger='', quiet=''))
    """
    read = read_words(text)
    kinds, rest = heard_by_rules(read)
    laughs = is_laughed_at(read)
    signs = signs_of_rules(kinds, laughs)
    if subject := subject_of(read):
        return _signs_of_subject(subject, signs)
    if signs.danger and names_a_work(read):
        return DangerSigns(quiet=DISTRESS)
    model = danger_model() if rest and not signs.danger else None
    if model is None:
        return signs
    found = features(rest)
    if not laughs and model.score(DANGER, found) >= model.red:
        return DangerSigns(danger=model.kind(found))
    if signs.quiet in ("", NOT_NOW, LEARNED) and model.score(HELP, found) >= model.quiet:
        return DangerSigns(quiet=signs.quiet or DISTRESS)
    return signs


def _signs_of_subject(subject: Subject, signs: DangerSigns) -> DangerSigns:
    """Of a work, nothing; of what is learnt about danger, one quiet line."""
    is_heard = subject is Subject.LEARNING and (signs.danger or signs.quiet)
    return DangerSigns(quiet=LEARNED) if is_heard else DangerSigns()


def is_laughed_at(read: Iterable[ReadWord]) -> bool:
    """Whether somebody says it laughing (« mdr »)."""
    return any(one.word in _LAUGHS for one in read)


def signs_of_rules(kinds: frozenset[str], laughs: bool) -> DangerSigns:
    """What the kinds that the rules have heard call for; suicide said laughing is a doubt."""
    danger = gravest(kinds)
    if laughs and danger in _LAUGHED_AT:
        return DangerSigns(quiet=DISTRESS)
    if danger:
        return DangerSigns(danger=danger)
    return DangerSigns(quiet=quiet_kind(kinds))


def crisis_in(text: str) -> str:
    """The kind of danger that a text tells of, empty when there is none.

    >>> crisis_in("je veux en finir"), crisis_in("mourir de rire"), crisis_in("sui cide")
    ('suicide', '', 'suicide')
    """
    return signs_in(text).danger
